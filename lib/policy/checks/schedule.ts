import type { Finding } from '../../contract/console/checks'
import { readCron } from '../../contract/cron'
import { startsAfter } from '../schedule/starts'
import { type CheckedPolicy, toFinding } from './subject'

/** Times that are looked at: enough to see every distance of what people write, and none that lie far ahead. */
const [mostTimes, horizon] = [200, 400 * 86_400_000]

/** The shortest wait between two times of a schedule, in seconds; null for one that fires at most once within the horizon. */
export function shortestInterval(cron: string, now: Date): number | null {
  const fields = readCron(cron)
  if (fields === null) return null
  let [shortest, before, left] = [Number.POSITIVE_INFINITY, Number.NaN, mostTimes]
  for (const at of startsAfter(fields, now.getTime())) {
    if (at > now.getTime() + horizon || left-- === 0) break
    if (at - before < shortest) shortest = at - before
    before = at
  }
  return Number.isFinite(shortest) ? shortest / 1000 : null
}

/** Scheduled policies that begin again before they are usually through. `intervalOf`: the shortest of a schedule, in seconds. */
export const checkSchedules = (
  enabled: readonly CheckedPolicy[],
  usual: ReadonlyMap<number, number>,
  intervalOf: (cron: string) => number | null,
): Finding[] =>
  enabled.flatMap((each) => {
    const { trigger } = each.policy
    const takes = usual.get(each.id)
    if (trigger?.type !== 'scheduled' || takes === undefined) return []
    const interval = intervalOf(trigger.trigger_settings?.cron ?? '')
    if (interval === null || interval >= takes) return []
    return [toFinding('too_often', [each], { registry: each.registry, interval, usual: takes })]
  })

/** Policies whose newest run has not moved for far too long. */
export const checkRuns = (enabled: readonly CheckedPolicy[], hanging: ReadonlyMap<number, number>): Finding[] =>
  enabled.flatMap((each) => {
    const lasting = hanging.get(each.id)
    return lasting === undefined
      ? []
      : [toFinding('hanging_run', [each], { registry: each.registry, count: 1, interval: Math.round(lasting / 1000) })]
  })
