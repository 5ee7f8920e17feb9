import { textField } from '../json-fields'
import { advanceRetentions, startRetention } from '../retention/runs'
import type { Instance } from '../world'
import type { Clock } from './clock'

const secondsPerTask = 3

/*
 * What was run by hand during the last days, in its order. None of the scheduled policies has run yet: what they would delete
 * is there to be seen.
 */
const runs = [
  { namespace: 'library', isDryRun: true, hour: 13, days: 6 },
  { namespace: 'payments', isDryRun: true, hour: 9, days: 2 },
  { namespace: 'mobile', isDryRun: true, hour: 14, days: 1 },
  { namespace: 'mobile', isDryRun: false, hour: 15, days: 1 },
] as const

/** Runs that really took place in this world: the real one of them has deleted what it lists. */
export function addRetentionHistory(instance: Instance, clock: Clock) {
  for (const { namespace, isDryRun, hour, days } of runs) {
    const policy = instance.retentions.find((row) => textField(row, 'namespace_name') === namespace)
    const at = clock.at(hour, 17, days)
    startRetention(instance, policy, { isDryRun, trigger: 'manual', at, waits: 1000 })
    advanceRetentions(instance, clock.start.getTime(), secondsPerTask)
  }
}
