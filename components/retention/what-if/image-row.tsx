'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import { Ago } from '@/components/shell/relative-time'
import { tooltip } from '@/components/ui/tooltip'
import type { DecidedImage } from '@/lib/contract/console/retention-decisions'
import { useBytes } from '../../ui/use-format-bytes'
import { DecisionStatus } from './decision-status'

/** Tags, then what is decided, then facts; three lines where there is little room, one row where there is more. */
export const imageRowClass =
  'grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 px-4 py-2 text-sm tabular-nums @table:grid-cols-[minmax(12rem,2fr)_minmax(10rem,1.4fr)_6rem_6rem_5.5rem]'

// biome-ignore-start lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows

/** One image: its tags and digest, what is decided of it and why, when it was pushed and pulled. */
export const ImageRow = memo(function ImageRow({ image }: { image: DecidedImage }) {
  const t = useTranslations('retention')
  const bytes = useBytes()
  const { repository, digest, tags, pushed, pulled, size } = image
  return (
    <div role="presentation" className={imageRowClass}>
      <div role="cell" className="min-w-0 font-mono text-xs/5 wrap-anywhere">
        <span className="text-ink-3">{repository}</span>
        {tags.length === 0 && <span className="font-sans text-ink-3"> {t('image.untagged')}</span>}
        {tags.map((tag, index) => (
          <span key={tag} className={clsx('font-medium', index > 0 && 'block')}>
            :{tag}
          </span>
        ))}
        <span className="block text-ink-3" {...tooltip(digest)}>
          {digest.slice(0, 19)}
        </span>
      </div>
      {/* Its baseline is the icon's, so that it stands by its top. */}
      <div role="cell" className="min-w-0 max-w-64 self-start text-right @table:max-w-none @table:text-left">
        <DecisionStatus decision={image.decision} />
        <Reasons image={image} />
      </div>
      {/* Read as one line of facts where there is no room for columns. */}
      <div className="col-span-2 flex flex-wrap gap-x-3 text-ink-3 text-xs @table:contents">
        <Fact label={t('image.pushed')}>
          {pushed === null ? t('image.unknown') : <Ago time={pushed} style="narrow" />}
        </Fact>
        <Fact label={t('image.pulled')}>
          {pulled === null ? t('image.never') : <Ago time={pulled} style="narrow" />}
        </Fact>
        <Fact label={t('image.size')}>{bytes(size)}</Fact>
      </div>
    </div>
  )
})

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span role="cell" className="@table:text-ink-2 @table:text-sm">
      <span className="@table:sr-only">{label} </span>
      {children}
    </span>
  )
}

// biome-ignore-end lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows

/** Why it is decided so: the rule that keeps it, the immutable rule that holds it, or why nobody can tell. */
function Reasons({ image: { decision, rule, because, immutable, before, inUse } }: { image: DecidedImage }) {
  const t = useTranslations('retention')
  return (
    <small className="block text-ink-3 text-xs">
      {rule !== null && <span className="block">{t('image.rule', { number: rule + 1 })}</span>}
      {immutable !== null && <span className="block">{t('image.immutable', { id: String(immutable) })}</span>}
      {because !== null && <span className="block text-warn">{t(`because.${because}`)}</span>}
      {before !== null && before !== decision && (
        <span className={decision === 'delete' ? 'block text-bad' : 'block text-ink-2'}>
          {t('image.before', { decision: t(`decision.${before}`) })}
        </span>
      )}
      {inUse.length > 0 && (
        <span className={decision === 'keep' ? 'block' : 'block text-bad'}>
          {t('image.inUse', { clusters: inUse.join(', ') })}
        </span>
      )}
    </small>
  )
}
