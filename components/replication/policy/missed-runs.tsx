'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { Note } from '@/components/ui/alert'
import type { Replication } from '@/lib/contract/swr/replication'
import { lookBackMs, missedRuns } from '@/lib/policy/runs/missed'
import { missedToleranceMs } from '@/lib/policy/schedule/missed-runs'
import { startsWithin } from '@/lib/policy/schedule/starts'
import { apiQuery } from '@/lib/query/client'
import { latestRuns } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

/** Says that the schedule of a policy has passed without a run, as its row in the list does, and what helps. */
export function MissedRuns({ at, policy }: { at: InstanceLocation; policy: Replication }) {
  const t = useTranslations('policyPage')
  const format = useFormatter()
  const now = useNow()
  const { id, enabled, trigger } = policy
  const cron = enabled && trigger?.type === 'scheduled' ? trigger.trigger_settings?.cron : undefined
  // The first page of the runs below: nothing more is asked of SWR.
  const { data } = useQuery({
    ...apiQuery('executionList', latestRuns(at, String(id ?? 0))),
    enabled: cron !== undefined && id !== undefined,
  })
  if (!cron || !data) return null
  const { executions: runs, total } = data
  const oldest = runs.at(-1)?.created_at
  const knownSinceMs = total !== undefined && total > runs.length && oldest ? Date.parse(oldest) : 0
  const from = now.getTime() - lookBackMs
  const times = { due: startsWithin(cron, from, now.getTime()), toleranceMs: missedToleranceMs(cron, new Date(from)) }
  const missed = missedRuns(policy, times, runs, knownSinceMs, now)
  if (missed[0] === undefined) return null
  return (
    <Note tone="warn" className="mb-4 max-w-4xl">
      {t('missed', {
        count: missed.length,
        time: format.dateTime(new Date(missed[0]), { dateStyle: 'medium', timeStyle: 'short' }),
      })}
    </Note>
  )
}
