import { advanceRetentions, hurryRetentions, startRetention } from '../retention/runs'
import type { Instance, World } from '../world'
import { paceOf, waitOf } from './pace'
import { forward, startRun } from './runs'
import { dueRuns } from './schedules'

/** Every run of an instance as far as it can be at a time, in milliseconds since the epoch. */
function bringTo(world: World, instance: Instance, time: number) {
  advanceRetentions(instance, time, paceOf(world, instance))
  for (const run of instance.runs)
    if (!run.over || run.triesAgainAt) forward(world, run, time, paceOf(world, instance, run))
}

function dueOf(instance: Instance, now: number) {
  const { policies, retentions, deadSchedules } = instance
  return [
    ...dueRuns(instance, policies, now, deadSchedules).map((due) => ({ ...due, isRetention: false })),
    ...dueRuns(instance, retentions, now).map((due) => ({ ...due, isRetention: true })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/**
 * Brings an instance up to the present: what was due has begun, and every run is as far as it can be. Where retention runs,
 * in the order of time: what it has deleted is not copied later.
 */
export function advance(world: World, instance: Instance) {
  const now = world.clock().getTime()
  for (const { policy, at, isRetention } of dueOf(instance, now)) {
    if (isRetention || instance.retentionRuns.some(({ over }) => !over)) bringTo(world, instance, at.getTime())
    const waits = waitOf(world, instance)
    if (isRetention) startRetention(instance, policy, { isDryRun: false, trigger: 'scheduled', at, waits })
    else startRun(world, instance, policy, { trigger: 'scheduled', at })
  }
  instance.keptTo = Math.max(instance.keptTo, now)
  bringTo(world, instance, now)
}

/** After a change of pace: who waits for its first task waits no longer than one that starts now. */
export function hurry(world: World, instance: Instance) {
  const maxWaitMs = waitOf(world, instance)
  for (const run of instance.runs) if (run.secondsPerTask === undefined) run.waits = Math.min(run.waits, maxWaitMs)
  hurryRetentions(instance, maxWaitMs)
}
