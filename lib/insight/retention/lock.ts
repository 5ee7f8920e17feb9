import 'server-only'
import type { LockReason } from '../../contract/console/retention-vocabulary'
import type { Db } from '../../db/schema'
import { retentionContentHash } from './content-hash'
import { type DryRunJob, dryRunType, runType } from './job-types'
import { jobsOfPolicy } from './open-jobs'
import type { RetentionPlace } from './place'
import { dryRunState, opensUntil, takenAt } from './show'

/*
 * The lock before what deletes: the real run, and a schedule that is switched on. It is open for exactly the content that a
 * finished dry run is of, as long as that is young, the same immutable tag rules hold, no real run has deleted since, and
 * somebody has opened its verdicts (docs/decisions/0035).
 */

export interface Lock {
  readonly content: string
  /** Null: it is open. */
  readonly because: LockReason | null
  /** What opens it, or the newest of the policy. */
  readonly dryRun: DryRunJob | null
  readonly until: Date | null
}

export type LockedContent = Parameters<typeof retentionContentHash>[0]

const decidesNothing = ({ rules }: Pick<LockedContent, 'rules'>) => rules.every(({ disabled }) => disabled === true)

interface Terms {
  /** For how long a dry run opens it. */
  readonly hours: number
  /** The immutable tag rules that hold now (`immutableHashOf`). */
  readonly immutable: string | null
  readonly now?: Date
}

function reasonOf(job: DryRunJob, { hours, immutable, now = new Date() }: Terms): LockReason | null {
  const { state } = dryRunState(job)
  if (state === 'running') return 'dry_run_running'
  if (state === 'failed') return 'dry_run_failed'
  if (opensUntil(job, hours) <= now) return 'dry_run_old'
  if (job.data.immutable !== immutable) return 'immutable_changed'
  return job.data.seen ? null : 'not_seen'
}

/** One that hung may end after others that were started later. */
const mostRuns = 20

/** Whether a real run has deleted since, or may have: the numbers of the dry run are not those of the namespace any more. */
async function isSpent(db: Db, place: RetentionPlace, dryRun: DryRunJob): Promise<boolean> {
  const runs = await jobsOfPolicy(db, runType, place, { told: true, limit: mostRuns })
  // One that has not ended blocks by itself, and goes on by its own checks.
  return runs.some(({ endedAt }) => endedAt !== null && endedAt >= takenAt(dryRun))
}

export async function lockOf(db: Db, place: RetentionPlace, policy: LockedContent, terms: Terms): Promise<Lock> {
  const content = retentionContentHash(policy)
  const [same] = await jobsOfPolicy(db, dryRunType, place, { content, limit: 1 })
  const [newest] = same ? [same] : await jobsOfPolicy(db, dryRunType, place, { limit: 1 })
  const dryRun = newest ?? null
  const closed = (because: LockReason): Lock => ({ content, because, dryRun, until: null })
  if (decidesNothing(policy)) return closed('no_rules')
  if (!dryRun) return closed('no_dry_run')
  if (!same) return closed('content_changed')
  const because = reasonOf(same, terms) ?? ((await isSpent(db, place, same)) ? 'run_since' : null)
  return because ? closed(because) : { content, because: null, dryRun, until: opensUntil(same, terms.hours) }
}
