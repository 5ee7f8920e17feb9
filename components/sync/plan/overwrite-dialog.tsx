'use client'

import { useTranslations } from 'next-intl'
import { useTypedName } from '@/components/form/typed-name'
import { Confirm } from '@/components/shell/confirm'
import type { SyncPlan } from '@/lib/contract/console/sync'
import { type Choices, overwritesByTarget } from './choices'

/** Names that are shown of one target. */
const mostNames = 100

/** Overwriting cannot be undone: names what goes, and wants the region or the number of tags typed. */
export function OverwriteDialog({
  plan,
  choices,
  act,
  mutation,
  onConfirm,
  onClose,
}: {
  plan: SyncPlan
  choices: Choices
  act: string
  mutation: { isPending: boolean; error: unknown }
  onConfirm: () => void
  onClose: () => void
}) {
  const t = useTranslations('sync.overwrite')
  const gone = overwritesByTarget(plan, choices)
  const count = gone.reduce((sum, { images }) => sum + images.length, 0)
  const [first] = gone
  const name = gone.length === 1 && first ? first.target.region : String(count)
  const typed = useTypedName(name, { label: t('type', { name }), differs: t('differs') })
  return (
    <Confirm
      title={t('title', { count, targets: gone.length })}
      act={{ label: act, look: 'danger' }}
      mutation={mutation}
      onConfirm={() => typed.check() && onConfirm()}
      onClose={onClose}
    >
      <p>{t('text')}</p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={t('list')}
        className="mt-3 max-h-52 overflow-auto rounded-md border border-line px-3 py-1.5"
      >
        {gone.map(({ target, images }) => (
          <section key={`${target.region}/${target.organization}`} className="py-1">
            <h3 className="wrap-anywhere">{t('target', { ...target })}</h3>
            <ul>
              {images.slice(0, mostNames).map(({ repository, tag }) => (
                <li key={`${repository}:${tag}`} className="font-mono text-xs/5 wrap-anywhere">
                  {repository}:{tag}
                </li>
              ))}
              {images.length > mostNames && (
                <li className="text-ink-3">{t('more', { count: images.length - mostNames })}</li>
              )}
            </ul>
          </section>
        ))}
      </section>
      {typed.field}
    </Confirm>
  )
}
