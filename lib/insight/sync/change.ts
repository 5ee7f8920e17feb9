import 'server-only'
import { and, eq, isNotNull } from 'drizzle-orm'
import { type Actor, mayUse } from '../../contract/actor'
import { type CellState, retryableCellStates } from '../../contract/console/sync-vocabulary'
import { ProblemError } from '../../contract/problem'
import { jobs } from '../../db/job-tables'
import type { Db } from '../../db/schema'
import { changeCells, listCells, lookAgain, resendCells, type SyncCellRow } from '../../db/sync-cells'
import type { Job } from '../../jobs/job'
import { wake } from '../../jobs/runner'
import { pauseJob, reopenJob, resumeJob, stopJob, tellJob } from '../../jobs/store'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { type SyncJobData, syncJobType } from './job-type'
import { readPlan, wantedTags } from './plan'
import { jobOf, toSyncJobs } from './show'
import { refusalOf } from './start'

type Changed = ConsoleRequest<'syncJobPause' | 'syncJobResume' | 'syncJobCancel'>

async function shown(db: Db, job: Job<SyncJobData> | null) {
  const [one] = job ? await toSyncJobs(db, [job]) : []
  if (!one) throw new ProblemError({ status: 404, code: 'job_unknown' })
  return { job: one }
}

const changing =
  (act: (db: Db, id: number, name: string) => Promise<Job<SyncJobData> | null>) =>
  async ({ actor, known, tell, params }: Changed) => {
    const { id } = await jobOf(known.db, params)
    tell({ objectId: String(id) })
    const job = await act(known.db, id, actor.email)
    wake()
    return await shown(known.db, job)
  }

/** Cells whose call may have been carried out. */
const mayBeThere: readonly CellState[] = ['missing', 'unknown', 'unverifiable']

/** Whether a target that a connection lists could not be read this time. */
const isUnseen = (
  { data }: Job<SyncJobData>,
  row: { readonly reasons: readonly unknown[] } | undefined,
  target: number,
) => row?.reasons[target] != null || data.targets[target]?.connection != null

/**
 * Looks at the source and the targets once more: what was sent and has arrived by now is verified without a call, whatever has
 * become of the source since; a tag that has moved is sent as it is now, and what cannot be sent, or would not overwrite what is
 * there, says why. What may have arrived, and cannot be looked for, stays as it is.
 */
async function planAgain(actor: Actor, job: Job<SyncJobData>, asked: readonly SyncCellRow[]) {
  const wanted = wantedTags(
    asked.map(({ repository, tag }) => ({ repository, tags: [tag] })),
    job.data.targets.length,
  )
  const plan = await readPlan(actor, job.connection, wanted, job.data.targets, { source: true, targets: true })
  const rows = new Map(plan.rows.map((row) => [`${row.repository}:${row.tag}`, row]))
  const again: { index: number; digest: string; size: number }[] = []
  const there: typeof again = []
  const refused = new Map<string, number[]>()
  for (const { index, repository, tag, target, overwrite, state, attempts, digest, size } of asked) {
    if (attempts > 0 && digest !== '' && plan.digestAt(target, { repository, tag }) === digest) {
      there.push({ index, digest, size })
      continue
    }
    const row = rows.get(`${repository}:${tag}`)
    const code = row?.plans[target] ?? 'source_missing'
    if (code === 'not_visible' && mayBeThere.includes(state) && isUnseen(job, row, target)) continue
    const refusal = code === 'different' && !overwrite ? 'other_digest' : refusalOf(code, row?.reasons[target])
    if (row && refusal === null) (code === 'same' ? there : again).push({ index, digest: row.digest, size: row.size })
    else refused.set(refusal ?? 'source_missing', [...(refused.get(refusal ?? 'source_missing') ?? []), index])
  }
  // Who could not look this time may the next.
  const targets = plan.targets.map(({ region, organization, connection }, at) => ({
    ...{ region, organization },
    connection: connection ?? job.data.targets[at]?.connection ?? null,
  }))
  return { again, there, refused, targets }
}

export const changeHandlers: ConsoleHandlers<'syncJobRetry' | 'syncJobPause' | 'syncJobResume' | 'syncJobCancel'> = {
  syncJobPause: changing((db, id) => pauseJob(db, syncJobType, id)),
  syncJobResume: changing(async (db, id) => {
    // Nobody has looked while it was paused: the time for looking begins anew.
    await lookAgain(db, id)
    return await resumeJob(db, syncJobType, id)
  }),
  syncJobCancel: changing((db, id, name) => stopJob(db, syncJobType, id, { reason: 'cancelled', name })),

  async syncJobRetry({ actor, known, tell, params, body: { states = [], cells = [] } }) {
    const job = await jobOf(known.db, params)
    const { id } = job
    // From now on it is carried out in their name, and looks at its targets by these connections.
    if (job.data.targets.some((target) => target.connection !== null && !mayUse(actor, target.connection)))
      throw new ProblemError({ status: 404, code: 'unknown_connection' })
    const chosen = new Set(cells)
    const asked = (await listCells(known.db, id, { states: retryableCellStates })).filter(
      ({ index, state }) => chosen.has(index) || states.includes(state),
    )
    if (asked.length === 0) throw new ProblemError({ status: 409, code: 'sync_nothing' })
    const { again, there, refused, targets } = await planAgain(actor, job, asked)
    tell({ objectId: String(id), after: { cells: again.length } })
    if (again.length + there.length === 0) throw new ProblemError({ status: 409, code: 'sync_nothing' })
    await known.db.transaction(async (tx) => {
      // Whoever carries it out holds the data; of one that has ended a target may be seen by now that was not before.
      await tx
        .update(jobs)
        .set({ data: { ...job.data, targets } })
        .where(and(eq(jobs.id, id), isNotNull(jobs.endedAt)))
      // A job of few cells overtakes larger ones, also where it had many before.
      const size = job.endedAt === null ? {} : { size: again.length }
      const by = { actorId: actor.id, actorName: actor.email, role: actor.role, ...size }
      const version = await reopenJob(tx, id, by)
      if (version === null) throw new ProblemError({ status: 404, code: 'job_unknown' })
      await resendCells(tx, id, version, [...again, ...there], retryableCellStates)
      const arrived = there.map(({ index }) => index)
      await changeCells(tx, id, arrived, ['waiting'], version, { state: 'verified' })
      for (const [reason, indexes] of refused)
        await changeCells(tx, id, indexes, retryableCellStates, version, { state: 'failed', reason, swr: null })
    })
    tellJob(id)
    return await shown(known.db, await jobOf(known.db, params))
  },
}
