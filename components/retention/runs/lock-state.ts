import type { RetentionLock } from '@/lib/contract/console/retention-runs'
import type { ArmingReason, LockReason } from '@/lib/contract/console/retention-vocabulary'

/** Why a real run cannot be started; undefined where the lock is open. */
export type RunLock = LockReason | 'unread' | 'run_open' | undefined

/** An outcome that nobody may have alone. */
export type OutcomeBlock = Extract<ArmingReason, 'in_use' | 'in_use_old' | 'above_ceiling'>

const outcomeBlocks = ['in_use', 'in_use_old', 'above_ceiling'] as const satisfies readonly OutcomeBlock[]

/** Whether it is the outcome that stands in the way: another dry run alone opens nothing. */
export const outcomeBlock = (block: RunLock | OutcomeBlock): OutcomeBlock | undefined =>
  outcomeBlocks.find((each) => each === block)

/** The time of a dry run is over by the clock of whoever looks, before the server is asked again; the server decides. */
export function runLock(lock: RetentionLock | undefined, now: Date): RunLock {
  if (!lock) return 'unread'
  if (lock.run !== null) return 'run_open'
  if (lock.state === 'locked') return lock.because ?? 'no_dry_run'
  return lock.until !== null && new Date(lock.until) <= now ? 'dry_run_old' : undefined
}

/** What locks an open run all the same, until an admin accepts it with a reason. */
export function inUseBlock({
  inUse,
}: Pick<RetentionLock, 'inUse'>): Exclude<OutcomeBlock, 'above_ceiling'> | undefined {
  if (inUse.images > 0) return 'in_use'
  return inUse.old.length > 0 ? 'in_use_old' : undefined
}

/**
 * Why a schedule cannot be enabled. A run that is under way blocks another run, not the schedule; what an admin could accept of a
 * run, or another one confirm, nobody can of a schedule.
 */
export function scheduleBlock(lock: RetentionLock | undefined, reason: RunLock): RunLock | OutcomeBlock {
  if (lock === undefined || (reason !== undefined && (reason !== 'run_open' || lock.state !== 'armed'))) return reason
  return inUseBlock(lock) ?? (lock.aboveCeiling ? 'above_ceiling' : undefined)
}
