import 'server-only'
import type { CellState, PlanCode, SendMode } from '../../contract/console/sync-vocabulary'
import { maxSyncCells } from '../../contract/console/sync-vocabulary'
import { ProblemError } from '../../contract/problem'
import { insertCells, type NewCell } from '../../db/sync-cells'
import type { Job } from '../../jobs/job'
import { startJob } from '../../jobs/runner'
import { insertJob } from '../../jobs/store'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { type SyncJobData, syncJobType } from './job-type'
import { readPlan } from './plan'
import { toSyncJobs } from './show'

type Asked = ConsoleRequest<'syncJobStart'>
type Row = Asked['body']['rows'][number]

const refusals: Readonly<Record<PlanCode, string | null>> = {
  new: null,
  same: null,
  different: null,
  not_visible: null,
  source_missing: 'source_missing',
  organization_missing: 'organization_missing',
  same_region: 'same_region',
  blocked: 'image_sync',
}

/** Why what is planned so cannot be sent, as a reason with a text on screen; null: it can. */
export const refusalOf = (plan: PlanCode): string | null => refusals[plan]

interface Beginning {
  readonly state: CellState
  readonly reason: string | null
}

/** Why what could be sent is not; null: it is there already. */
function leftReason(plan: PlanCode, wantsAll: boolean): string | null {
  if (plan === 'same') return null
  return wantsAll && plan === 'different' ? 'other_digest' : 'left_out'
}

/** How a cell begins. What was planned on another digest than there is now is not sent: nobody has seen it. */
function beginning(mode: SendMode, plan: PlanCode, isMoved: boolean, wantsAll: boolean): Beginning {
  const refusal = refusalOf(plan) ?? (isMoved ? 'source_moved' : null)
  if (mode !== 'leave') return refusal ? { state: 'failed', reason: refusal } : { state: 'waiting', reason: null }
  const reason = refusal ?? leftReason(plan, wantsAll)
  return { state: wantsAll && reason !== null ? 'failed' : 'skipped', reason }
}

const invalid = (path: string, code: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [path]: code } })

function checkShape({ targets, rows }: Asked['body']): void {
  const wrong = rows.findIndex(({ send }) => send.length !== targets.length)
  if (wrong >= 0) throw invalid(`body.rows.${wrong}.send`, 'invalid_format')
  if (rows.length * targets.length > maxSyncCells) throw invalid('body.rows', 'out_of_range')
  const places = new Set(targets.map(({ region, organization }) => `${region}/${organization}`))
  if (places.size < targets.length) throw invalid('body.targets', 'repeated')
  const names = new Set(rows.map(({ repository, tag }) => `${repository}:${tag}`))
  if (names.size < rows.length) throw invalid('body.rows', 'repeated')
}

const isSent = ({ send }: Row) => send.some((mode) => mode !== 'leave')

/** Cells of a job by a plan that is made on the spot. */
async function cellsFor({ actor, params: { connection }, body: { targets, rows, wantsAll = false } }: Asked) {
  // A plan may be a minute old: what is sent is what the source holds now, or it is said that it has moved.
  const plan = await readPlan(actor, connection, rows, targets, { source: true, targets: false })
  const cells = rows.flatMap((row, at) =>
    targets.map((_, target): NewCell => {
      const planned = plan.rows[at]
      const mode = row.send[target] ?? 'leave'
      const isMoved = planned !== undefined && planned.digest !== row.digest
      return {
        index: at * targets.length + target,
        repository: row.repository,
        tag: row.tag,
        target,
        digest: planned?.digest ?? '',
        size: planned?.size ?? row.size,
        overwrite: mode === 'overwrite',
        ...beginning(mode, planned?.plans[target] ?? 'source_missing', isMoved, wantsAll),
      }
    }),
  )
  const data: SyncJobData = {
    targets: plan.targets.map(({ region, organization, connection: lister }) => ({
      region,
      organization,
      connection: lister,
    })),
    repositories: new Set(rows.filter(isSent).map(({ repository }) => repository)).size,
    tags: rows.filter(isSent).length,
    bytes: cells.reduce((sum, { state, size }) => (state === 'waiting' ? sum + size : sum), 0),
    throttledUntil: null,
    throttledBy: null,
  }
  return { cells, data }
}

export const startHandlers: ConsoleHandlers<'syncJobStart'> = {
  async syncJobStart(request) {
    const { actor, known, tell, params, body, reason } = request
    checkShape(body)
    tell({ after: { targets: body.targets, tags: body.rows.length } })
    const { cells, data } = await cellsFor(request)
    const size = cells.filter(({ state }) => state === 'waiting').length
    // Where everything is there already, a job that says so is a success, not a refusal.
    const isThere = cells.some(({ state, reason }) => state === 'skipped' && reason === null)
    if (size === 0 && !isThere) throw new ProblemError({ status: 409, code: 'sync_nothing' })
    const job: Job<SyncJobData> = await known.db.transaction(async (tx) => {
      const made = await insertJob(tx, syncJobType, {
        connection: params.connection,
        actorId: actor.id,
        actorName: actor.email,
        role: actor.role,
        reason: reason ?? null,
        size,
        data,
      })
      await insertCells(tx, made.id, made.version, cells)
      return made
    })
    tell({ objectId: String(job.id), after: { targets: body.targets, tags: body.rows.length, cells: size } })
    startJob(known, job)
    const [shown] = await toSyncJobs(known.db, [job])
    if (!shown) throw new Error('the job that was made is not shown')
    return { job: shown }
  },
}
