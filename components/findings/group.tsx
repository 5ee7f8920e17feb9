'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { FindingItem } from '@/components/findings/item'
import { severityOf } from '@/components/findings/severity'
import { Button } from '@/components/ui/button'
import { Status } from '@/components/ui/status'
import type { ListedFinding } from '@/lib/contract/console/checks'
import type { InstanceLocation } from '@/lib/routes'

/** Findings of a kind before the others are asked for. */
const few = 5

/** Findings of one kind: why it matters, what to do, and each of them with examples and links. */
export function CheckGroup({
  at,
  kind,
  findings,
  act,
}: {
  at: InstanceLocation
  kind: ListedFinding['kind']
  findings: readonly ListedFinding[]
  /** What may be done about one of them. */
  act?: (finding: ListedFinding) => ReactNode
}) {
  const t = useTranslations('checks')
  const title = useId()
  const severity = severityOf(kind)
  const [all, setAll] = useState(false)
  const shown = all ? findings : findings.slice(0, few)
  const left = findings.length - few
  return (
    <section aria-labelledby={title} className="mb-5 rounded-lg border border-line bg-surface">
      <div className="p-4">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2 id={title}>{t(`kind.${kind}.title`)}</h2>
          <span className="text-sm">
            <Status kind={severity === 'serious' ? 'bad' : 'warn'}>
              {t(`severity.${severity}`)} · {t('found', { count: findings.length })}
            </Status>
          </span>
        </div>
        <dl className="mt-2 grid max-w-4xl gap-x-3 gap-y-1 text-ink-2 sm:grid-cols-[max-content_minmax(0,1fr)]">
          <dt className="text-ink-3">{t('why')}</dt>
          <dd>{t(`kind.${kind}.why`)}</dd>
          <dt className="text-ink-3 max-sm:mt-1">{t('do')}</dt>
          <dd>{t(`kind.${kind}.do`)}</dd>
        </dl>
      </div>
      <ul aria-label={t('label')}>
        {shown.map((finding) => (
          <li key={finding.id} className="border-line border-t px-4 py-3">
            <FindingItem at={at} finding={finding} linked />
            {act?.(finding)}
          </li>
        ))}
      </ul>
      {left > 0 && (
        <div className="border-line border-t px-2 py-1.5">
          <Button look="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('fewer') : t('show', { count: left })}
          </Button>
        </div>
      )}
    </section>
  )
}
