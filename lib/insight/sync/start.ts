import 'server-only'
import { createHash } from 'node:crypto'
import { type Actor, mayUse } from '../../contract/actor'
import type { PlanReason } from '../../contract/console/sync'
import type { CellState, PlanCode, SendMode } from '../../contract/console/sync-vocabulary'
import { maxSyncCells } from '../../contract/console/sync-vocabulary'
import { ProblemError } from '../../contract/problem'
import { insertCells, type NewCell } from '../../db/sync-cells'
import { config } from '../../env/config'
import { startJob } from '../../jobs/runner'
import { insertJobOnce } from '../../jobs/store'
import { isSameRegion } from '../../policy/sync/plan'
import { connection as connectionOf } from '../../swr/connection'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { type SyncJobData, syncJobType } from './job-type'
import { toSyncJobs } from './show'

/*
 * One press stores a job as it was planned, and asks SWR for nothing: what the source holds by then is compared right before
 * each call (source.ts).
 */

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

/** Why what is planned so cannot be sent, as a reason with a text on screen; null: it can. `reason` is what the plan says of it. */
export const refusalOf = (plan: PlanCode, reason?: PlanReason | null): string | null =>
  plan === 'blocked' && reason ? reason : refusals[plan]

interface Beginning {
  readonly state: CellState
  readonly reason: string | null
}

/** Why what could be sent is not; null: it is there already. */
function leftReason(plan: PlanCode, wantsAll: boolean): string | null {
  if (plan === 'same') return null
  return wantsAll && plan === 'different' ? 'other_digest' : 'left_out'
}

function beginning(mode: SendMode, plan: PlanCode, refusal: string | null, wantsAll: boolean): Beginning {
  if (mode !== 'leave') return refusal ? { state: 'failed', reason: refusal } : { state: 'waiting', reason: null }
  const reason = refusal ?? leftReason(plan, wantsAll)
  return { state: wantsAll && reason !== null ? 'failed' : 'skipped', reason }
}

const invalid = (path: string, code: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [path]: code } })

function checkShape({ targets, rows }: Asked['body']): void {
  for (const [index, row] of rows.entries())
    for (const name of ['send', 'plans', 'reasons'] as const)
      if (row[name] && row[name].length !== targets.length)
        throw invalid(`body.rows.${index}.${name}`, 'invalid_format')
  if (rows.length * targets.length > maxSyncCells) throw invalid('body.rows', 'out_of_range')
  const places = new Set(targets.map(({ region, organization }) => `${region}/${organization}`))
  if (places.size < targets.length) throw invalid('body.targets', 'repeated')
  const names = new Set(rows.map(({ repository, tag }) => `${repository}:${tag}`))
  if (names.size < rows.length) throw invalid('body.rows', 'repeated')
}

const isSent = ({ send }: Row) => send.some((mode) => mode !== 'leave')

/** Of a connection that is gone by now, or that the actor may not use, nothing can be verified. */
const listerOf = (actor: Actor, { region, connection }: Asked['body']['targets'][number]): string | null =>
  connection !== null &&
  mayUse(actor, connection) &&
  config().connections.some((each) => each.id === connection && each.region === region)
    ? connection
    : null

function cellsOf({ params: { connection }, body: { targets, rows, wantsAll = false } }: Asked): NewCell[] {
  const { region: home } = connectionOf(connection)
  return rows.flatMap(({ repository, tag, digest, size, send, plans, reasons }, at) =>
    targets.map(({ region }, target): NewCell => {
      const mode = send[target] ?? 'leave'
      const plan = isSameRegion(region, home) ? 'same_region' : (plans[target] ?? 'not_visible')
      return {
        index: at * targets.length + target,
        ...{ repository, tag, target, digest, size },
        overwrite: mode === 'overwrite',
        ...beginning(mode, plan, refusalOf(plan, reasons?.[target]), wantsAll),
      }
    }),
  )
}

const dataOf = ({ actor, body: { targets, rows } }: Asked, cells: readonly NewCell[]): SyncJobData => ({
  targets: targets.map((target) => ({ ...target, connection: listerOf(actor, target) })),
  repositories: new Set(rows.filter(isSent).map(({ repository }) => repository)).size,
  tags: rows.filter(isSent).length,
  bytes: cells.reduce((sum, { state, size }) => (state === 'waiting' ? sum + size : sum), 0),
  throttledUntil: null,
  throttledBy: null,
})

/** A person's press on a connection; null where the request names none. */
const pressOf = ({ actor, params, body: { key } }: Asked): string | null =>
  key === undefined
    ? null
    : createHash('sha256')
        .update(JSON.stringify([actor.id, params.connection, key]))
        .digest('hex')

export const startHandlers: ConsoleHandlers<'syncJobStart'> = {
  async syncJobStart(request) {
    const { actor, known, tell, params, body, reason } = request
    checkShape(body)
    tell({ after: { targets: body.targets, tags: body.rows.length } })
    const cells = cellsOf(request)
    const size = cells.filter(({ state }) => state === 'waiting').length
    // Where everything is there already, a job that says so is a success, not a refusal.
    const isThere = cells.some(({ state, reason: why }) => state === 'skipped' && why === null)
    if (size === 0 && !isThere) throw new ProblemError({ status: 409, code: 'sync_nothing' })
    const { job, isNew } = await known.db.transaction(async (tx) => {
      const made = await insertJobOnce(tx, syncJobType, pressOf(request), {
        connection: params.connection,
        actorId: actor.id,
        actorName: actor.email,
        role: actor.role,
        reason: reason ?? null,
        size,
        data: dataOf(request, cells),
      })
      if (made.isNew) await insertCells(tx, made.job.id, made.job.version, cells)
      return made
    })
    tell({ objectId: String(job.id), after: { targets: body.targets, tags: body.rows.length, cells: size } })
    if (isNew) startJob(known, job)
    const [shown] = await toSyncJobs(known.db, [job])
    if (!shown) throw new Error('the job that was made is not shown')
    return { job: shown }
  },
}
