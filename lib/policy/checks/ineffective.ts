import type { Finding } from '../../contract/console/checks'
import { cronState } from '../../contract/cron'
import type { Retention } from '../../contract/swr/retention'
import { canMatch } from '../pattern/never-matches'
import { readFilters } from '../replication/filter'
import { readingOfAmount } from '../retention/amount'
import { deletesAllTags, keepsNothing } from '../retention/keeps-nothing'
import { readTrigger } from '../schedule/trigger'
import { type CheckedPolicy, maxExamples, toFinding } from './subject'

/*
 * Policies of which their own text shows that they cannot do what somebody meant, whatever the instance holds.
 */

/** The schedule of a trigger that never starts anything; null for one that does, and without one. */
function idleSchedule(trigger: Retention['trigger']): string | null {
  const { trigger: type, cron } = readTrigger(trigger)
  return type === 'scheduled' && cronState(cron) !== 'fine' ? cron : null
}

const ofPatterns = (patterns: readonly string[]) => ({
  examples: patterns.slice(0, maxExamples).filter((pattern) => pattern !== ''),
  count: patterns.length,
})

/** Enabled replication policies that never run or never match. */
export const checkIneffective = (enabled: readonly CheckedPolicy[]): Finding[] =>
  enabled.flatMap((each) => {
    const { registry, policy } = each
    const cron = idleSchedule(policy.trigger)
    const dead = readFilters(policy).filters.flatMap(({ type, pattern, excludes }) =>
      excludes || canMatch(pattern, type === 'tag' ? 'tag' : 'repository') ? [] : [pattern],
    )
    return [
      ...(cron === null ? [] : [toFinding('never_runs', [each], { registry, ...ofPatterns([cron]) })]),
      ...(dead.length === 0 ? [] : [toFinding('never_matches', [each], { registry, ...ofPatterns(dead) })]),
    ]
  })

/** Enabled retention policies that never run, or that delete every tag where they run. */
export const checkIneffectiveRetentions = (retentions: readonly Retention[]): Finding[] =>
  retentions.flatMap((policy) => {
    const { id, name, namespace_name: namespace, enabled } = policy
    if (id === undefined || !namespace || enabled !== true) return []
    const retention = { namespace, id, name: name ?? `#${id}` }
    const cron = idleSchedule(policy.trigger)
    return [
      ...(cron === null ? [] : [toFinding('never_runs', [], { retention, ...ofPatterns([cron]) })]),
      ...(deletesAllTags(policy)
        ? [toFinding('keeps_nothing', [], { retention, ...ofPatterns(causesOf(policy)) })]
        : []),
    ]
  })

/** What it is by: an amount, or patterns of tags. */
const causesOf = ({ rules }: Retention): string[] =>
  rules.flatMap((rule) => {
    if (rule.disabled) return []
    const reading = readingOfAmount(rule)
    if (keepsNothing(rule) === 'amount' && reading?.kind === 'nothing') return [`${rule.template}: ${reading.said}`]
    return rule.tag_selectors.map(({ decoration, pattern = '' }) => `${decoration} ${pattern}`.trim())
  })
