import 'server-only'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { ProblemError } from '../../../contract/problem'
import { jobs } from '../../../db/job-tables'
import { startJob } from '../../../jobs/runner'
import { insertJob, nextVersion, tellJob } from '../../../jobs/store'
import type { ConsoleHandlers } from '../../handler'
import { retentionContentHash } from '../content-hash'
import { type DryRunJob, dryRunType } from '../job-types'
import { jobsOfPolicy, takeTurns } from '../open-jobs'
import { placeOf, readPolicy } from '../place'
import { dryRunOf, dryRunState, imagePage, toDryRun } from '../show'

export const dryRunHandlers: ConsoleHandlers<
  'retentionDryRunStart' | 'retentionDryRunShow' | 'retentionDryRunImageList' | 'retentionDryRunSee'
> = {
  async retentionDryRunStart({ actor, known, tell, params, reason }) {
    const place = placeOf(params)
    const policy = await readPolicy(actor, place)
    const content = retentionContentHash(policy)
    tell({ objectName: policy.name, after: { content } })
    const job: DryRunJob = await known.db.transaction(async (tx) => {
      await takeTurns(tx, place)
      const [open] = await jobsOfPolicy(tx, dryRunType, place, { open: true, limit: 1 })
      if (open) throw new ProblemError({ status: 409, code: 'retention_dry_run_open' })
      return await insertJob(tx, dryRunType, {
        connection: place.connection,
        instance: place.instance,
        subject: String(place.policy),
        actorId: actor.id,
        actorName: actor.email,
        role: actor.role,
        reason: reason ?? null,
        size: 1,
        data: {
          namespace: place.namespace,
          name: policy.name ?? '',
          content,
          immutable: null,
          policy,
          state: 'running',
          mark: null,
          execution: null,
          failure: null,
          text: '',
          repositories: 0,
          seen: null,
          warnings: [],
        },
      })
    })
    tell({ after: { content, dryRun: job.id } })
    startJob(known, job)
    return { dryRun: await toDryRun(known.db, job) }
  },

  async retentionDryRunShow({ known, params }) {
    return { dryRun: await toDryRun(known.db, await dryRunOf(known.db, placeOf(params), Number(params.dry_run_id))) }
  },

  async retentionDryRunImageList({ known, params, query }) {
    const { id } = await dryRunOf(known.db, placeOf(params), Number(params.dry_run_id))
    return { ...(await imagePage(known.db, id, query, { foretold: true })), restorable: 0 }
  },

  async retentionDryRunSee({ actor, known, tell, params }) {
    const place = placeOf(params)
    const id = Number(params.dry_run_id)
    const job = await dryRunOf(known.db, place, id)
    tell({ objectName: job.data.name, after: { dryRun: id } })
    if (dryRunState(job).state !== 'done') return { dryRun: await toDryRun(known.db, job) }
    const seen = JSON.stringify({ id: actor.id, name: actor.email, at: new Date().toISOString() })
    await known.db.transaction(async (tx) => {
      const first = await tx
        .update(jobs)
        .set({ data: sql`jsonb_set(${jobs.data}, '{seen}', ${seen}::jsonb)` })
        .where(and(eq(jobs.id, id), isNotNull(jobs.endedAt), sql`${jobs.data}->'seen' = 'null'::jsonb`))
        .returning({ id: jobs.id })
      if (first.length > 0) await nextVersion(tx, id)
    })
    tellJob(id)
    return { dryRun: await toDryRun(known.db, await dryRunOf(known.db, place, id)) }
  },
}
