import 'server-only'
import type { ConsoleOutput } from '../../contract/console/schemas'
import { retention } from '../../contract/swr/retention'
import { revisionAt } from '../../db/revisions'
import type { Db } from '../../db/schema'
import { showJob } from '../../jobs/store'
import { dryRunType, runType } from './job-types'
import type { RetentionPlace } from './place'

type Rules = ConsoleOutput<'retentionExecutionShow'>['rules']

interface OfExecution {
  readonly start: string | null
  readonly job: { readonly kind: 'dry_run' | 'run'; readonly id: number } | null
}

/** The dry run that holds the rules of a job: its own, or what it was based on. */
async function dryRunFor(db: Db, { kind, id }: NonNullable<OfExecution['job']>) {
  const dryRun = kind === 'dry_run' ? id : (await showJob(db, runType, id))?.data.dryRun
  return dryRun === undefined ? null : await showJob(db, dryRunType, dryRun)
}

/**
 * The rules that an execution ran by, which SWR does not say: those of the console's own job, or the version of the policy that
 * the console had seen last when it began. Null where it had seen none.
 */
export async function rulesOfExecution(db: Db, place: RetentionPlace, { start, job }: OfExecution): Promise<Rules> {
  const dryRun = job && (await dryRunFor(db, job))
  if (dryRun) return { rules: dryRun.data.policy.rules, at: dryRun.at.toISOString() }
  if (start === null) return null
  const { connection, instance, policy } = place
  const revision = await revisionAt(
    db,
    { connection, instance, kind: 'retention', objectId: String(policy) },
    new Date(start),
  )
  const stored = revision && !revision.deleted ? retention.safeParse(revision.content).data : undefined
  return revision && stored ? { rules: stored.rules, at: revision.at.toISOString() } : null
}
