'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Status, type StatusKind } from '@/components/ui/status'
import type { LastResult, PolicyRow } from '@/lib/contract/console/insight'
import { countersOf } from '@/lib/policy/runs/counters'
import { type InstanceLocation, routes } from '@/lib/routes'

const kinds = {
  running: 'busy',
  hanging: 'warn',
  succeeded: 'ok',
  nothing_matched: 'warn',
  partly_failed: 'bad',
  failed: 'bad',
  stopped: 'off',
  unknown: 'off',
  never: 'off',
  late: 'warn',
} as const satisfies Record<LastResult, StatusKind>

/** How the latest run went, in SWR's counters of repositories, and the way to it. */
export function LastRun({ at, row: { policy, last, result } }: { at: InstanceLocation; row: PolicyRow }) {
  const t = useTranslations('replication')
  const outcome = <Status kind={kinds[result]}>{useOutcome(last, result)}</Status>
  const isRun = policy.id !== undefined && last?.id !== undefined
  return (
    <>
      {isRun && policy.id !== undefined && last.id !== undefined ? (
        <Link
          href={routes.replicationRun(at, policy.id, last.id)}
          prefetch={false}
          className="hover:underline hover:decoration-ink-3"
        >
          {outcome}
        </Link>
      ) : (
        outcome
      )}
      {last && (
        <small className="mt-px block text-ink-3 text-xs">
          {result === 'running' || result === 'hanging' ? (
            t.rich('last.started', { ago: () => <Ago time={last.created_at} /> })
          ) : (
            // SWR names no end: a finished run is not touched any more.
            <Ago time={result === 'late' ? last.created_at : (last.updated_at ?? last.created_at)} />
          )}
        </small>
      )}
    </>
  )
}

/** Numbers where SWR gave them; whoever does not see the icon hears the word before them. */
function useOutcome(last: PolicyRow['last'], result: LastResult) {
  const t = useTranslations('replication')
  const { total, failed, succeed, stopped } = countersOf(last ?? {})
  if (result === 'unknown') return last?.status || t('last.unknown')
  if ((result === 'failed' || result === 'partly_failed') && failed > 0) return t('last.failedOf', { failed, total })
  if ((result !== 'succeeded' && result !== 'running') || total === 0) return t(`last.${result}`)
  const done = result === 'running' ? succeed + failed + stopped : succeed
  return (
    <>
      <span className="sr-only">{t(`last.${result}`)}, </span>
      <span>{t('last.of', { done, total })}</span>
    </>
  )
}
