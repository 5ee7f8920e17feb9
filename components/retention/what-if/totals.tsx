'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { decisionKinds } from '@/components/deletion/decision-kinds'
import { Status } from '@/components/ui/status'
import type { RetentionDecisions } from '@/lib/contract/console/retention-decisions'
import type { Decision } from '@/lib/contract/console/retention-vocabulary'
import { useBytes } from '../../ui/use-format-bytes'

const shown = ['delete', 'keep', 'unsure', 'untouched'] as const satisfies readonly Decision[]

/** Tags of each decision; images that have none, and bytes as an upper bound, below them. */
export function DecisionTotals({ decisions: { amounts } }: { decisions: Pick<RetentionDecisions, 'amounts'> }) {
  const t = useTranslations('retention')
  const bytes = useBytes()
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden border-line border-b bg-line @xl:grid-cols-4">
      {shown.map((decision) => {
        const { tags, images, bytes: size } = amounts[decision]
        return (
          <div key={decision} className="min-w-0 bg-surface px-4 py-2.5">
            <dt className="text-xs">
              <Status kind={images === 0 ? 'off' : decisionKinds[decision]}>{t(`decision.${decision}`)}</Status>
            </dt>
            <dd>
              <span
                className={clsx(
                  'block font-semibold text-base tabular-nums',
                  decision === 'delete' && images > 0 && 'text-bad',
                )}
              >
                {t('total.tags', { count: tags })}
              </span>
              <span className="block text-ink-3 text-xs tabular-nums">
                {t('total.images', { count: images })}
                {images > 0 && (
                  <>
                    {' · '}
                    <span className="whitespace-nowrap">{t('total.bytes', { size: bytes(size) })}</span>
                  </>
                )}
              </span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** What the edit changes against the rules that are saved. */
export function DecisionChange({
  decisions: { newlyDeleted, newlyKept },
}: {
  decisions: Pick<RetentionDecisions, 'newlyDeleted' | 'newlyKept'>
}) {
  const t = useTranslations('retention')
  if (newlyDeleted.images === 0 && newlyKept.images === 0)
    return <p className="px-4 pt-3 text-ink-2 text-sm">{t('change.none')}</p>
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-sm tabular-nums">
      {newlyDeleted.images > 0 && <li className="font-medium text-bad">{t('change.deleted', { ...newlyDeleted })}</li>}
      {newlyKept.images > 0 && <li className="font-medium text-ok">{t('change.kept', { ...newlyKept })}</li>}
    </ul>
  )
}
