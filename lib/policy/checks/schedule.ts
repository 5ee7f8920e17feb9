import type { Finding } from '../../contract/console/checks'
import { nextRuns } from '../schedule/schedule'
import { type CheckedPolicy, finding } from './subject'

/** Times that are looked at: enough to see every distance of what people write. */
const times = 200

/** The shortest wait between two times of a schedule, in seconds; null for one that fires at most once. */
export function shortestInterval(cron: string, now: Date): number | null {
  const runs = nextRuns(cron, now, times).map((run) => run.getTime())
  const waits = runs.slice(1).map((run, at) => run - (runs[at] ?? run))
  return waits.length === 0 ? null : Math.min(...waits) / 1000
}

/** Scheduled policies that begin again before they are usually through. */
export const checkSchedules = (
  enabled: readonly CheckedPolicy[],
  usual: ReadonlyMap<number, number>,
  now: Date,
): Finding[] =>
  enabled.flatMap((each) => {
    const { trigger } = each.policy
    const takes = usual.get(each.id)
    if (trigger?.type !== 'scheduled' || takes === undefined) return []
    const interval = shortestInterval(trigger.trigger_settings?.cron ?? '', now)
    if (interval === null || interval >= takes) return []
    return [finding('too_often', [each], { registry: each.registry, interval, usual: takes })]
  })

/** Policies whose newest run has not moved for far too long. */
export const checkRuns = (enabled: readonly CheckedPolicy[], hanging: ReadonlyMap<number, number>): Finding[] =>
  enabled.flatMap((each) => {
    const lasting = hanging.get(each.id)
    return lasting === undefined
      ? []
      : [finding('hanging_run', [each], { registry: each.registry, count: 1, interval: Math.round(lasting / 1000) })]
  })
