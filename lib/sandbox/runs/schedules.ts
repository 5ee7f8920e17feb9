import { field, numberField, rawField, textField } from '../json-fields'
import type { Instance } from '../world'
import { dueTimes } from './cron'

const minuteMs = 60_000

/* Whoever comes back to the demo finds no gap in the last week, the seed's busiest schedule being every six hours. */
const weekMs = 7 * 24 * 60 * minuteMs
const maxDuePerPolicy = 28

interface Due {
  readonly policy: unknown
  readonly at: Date
}

function cronOf(policy: unknown, dead: readonly number[]): string {
  const id = numberField(policy, 'id')
  const trigger = rawField(policy, 'trigger')
  const isKept =
    field(policy, 'enabled') === true &&
    textField(trigger, 'type') === 'scheduled' &&
    id !== undefined &&
    !dead.includes(id)
  return isKept ? textField(rawField(trigger, 'trigger_settings'), 'cron') : ''
}

/**
 * Runs that schedules ask for since they were last kept, oldest first; after a long time the latest of each. Whoever
 * changes a policy does so after this, so its new schedule counts from the change on.
 */
export function dueRuns(
  { keptTo }: Pick<Instance, 'keptTo'>,
  policies: readonly unknown[],
  now: number,
  dead: readonly number[] = [],
): Due[] {
  // Schedules are due at full minutes only.
  if (Math.floor(now / minuteMs) === Math.floor(keptTo / minuteMs)) return []
  const since = Math.max(keptTo, now - weekMs)
  return policies
    .flatMap((policy) =>
      dueTimes(cronOf(policy, dead), since, now, maxDuePerPolicy).map((timeMs) => ({ policy, at: new Date(timeMs) })),
    )
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** The policy was saved: the service plans its runs anew. */
export function reviveSchedule(instance: Instance, policy: number) {
  instance.deadSchedules = instance.deadSchedules.filter((id) => id !== policy)
}
