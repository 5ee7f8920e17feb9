'use client'

import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { Until } from '@/components/shell/relative-time'
import { tooltip } from '@/components/ui/tooltip'
import type { PolicyRow } from '@/lib/contract/console/insight'
import { TriggerText } from '../../schedule/trigger-text'

/** When a policy runs, and what that means now: running, late, or next. */
export function WhenCell({ row: { policy, result, next, missed } }: { row: PolicyRow }) {
  const t = useTranslations('replication')
  const s = useTranslations('schedule')
  const format = useFormatter()
  const now = useNow()
  const time = next === null ? null : new Date(next)
  return (
    <>
      <TriggerText trigger={policy.trigger} enabled={false} />
      {missed && (
        <small
          className="mt-px block text-warn text-xs"
          {...tooltip(
            t('when.missedSince', {
              time: format.dateTime(new Date(missed.since), { dateStyle: 'medium', timeStyle: 'short' }),
            }),
          )}
        >
          {t('when.missed', { count: missed.count })}
        </small>
      )}
      {result === 'running' || result === 'hanging' ? (
        <small className={clsx('mt-px block text-xs', result === 'hanging' ? 'text-warn' : 'text-ink-3')}>
          {t(`when.${result}`)}
        </small>
      ) : (
        // One that has passed since is not next any more.
        time &&
        time > now && (
          <small className="mt-px block text-ink-3 text-xs">
            {s.rich('nextRun', { time: () => <Until time={time} /> })}
          </small>
        )
      )}
    </>
  )
}
