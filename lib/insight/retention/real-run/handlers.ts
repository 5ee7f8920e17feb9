import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { ProblemError } from '../../../contract/problem'
import { allows } from '../../../contract/roles'
import type { Retention } from '../../../contract/swr/retention'
import { jobs } from '../../../db/job-tables'
import { countRestorable } from '../../../db/retention-restorable'
import { startJob } from '../../../jobs/runner'
import { insertJob, nextVersion, stopJob, tellJob } from '../../../jobs/store'
import { withNamespaceLease } from '../../../swr/writes/arming'
import type { ConsoleHandlers, ConsoleRequest } from '../../handler'
import { openCeilingRequest } from '../ceiling'
import { failuresOfRun } from '../failures'
import { type RunData, type RunJob, runType } from '../job-types'
import { openRunIn, takeTurns } from '../open-jobs'
import { placeOf, type RetentionPlace, readPolicy } from '../place'
import { countOtherAdmins, isSecond } from '../second-admin'
import { imagePage, jobOfPolicy, toDryRun, toRun } from '../show'
import { type Gate, gateOf } from './gate'
import { requireTerms, termsOf } from './terms'

const refuse = (code: ConstructorParameters<typeof ProblemError>[0]['code']) => new ProblemError({ status: 409, code })

const invalid = (field: string, code: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.${field}`]: code } })

function requireName({ namespace }: RetentionPlace, typed: string): void {
  if (typed !== namespace) throw invalid('confirm', 'not_the_name')
}

/** Throws unless the lock is open by exactly this dry run. */
function requireArmed({ lock }: Gate, dryRun: number): void {
  if (lock.because === 'content_changed') throw refuse('retention_content_changed')
  if (lock.because === 'immutable_changed') throw refuse('retention_immutable_changed')
  if (lock.because !== null || lock.dryRun?.id !== dryRun) throw refuse('retention_not_armed')
}

type Asked = ConsoleRequest<'retentionRunStart'>

/** Who may have what runs somewhere deleted all the same: an admin who says why. */
const accepts = ({ actor, body, reason }: Asked) =>
  body.acceptInUse && allows(actor.role, { role: 'admin' }) && reason !== undefined

function requireAllowed(asked: Asked, gate: Gate): void {
  const { body } = asked
  requireArmed(gate, body.dryRun)
  if (gate.open !== null) throw refuse('retention_run_open')
  requireTerms(gate, body.agreed)
  if ((gate.use.images > 0 || gate.use.old.length > 0) && !accepts(asked)) throw refuse('retention_in_use')
  if ((!gate.archive || gate.uncopied > 0) && !body.withoutCopy) throw invalid('withoutCopy', 'without_copy')
}

const dataOf = (place: RetentionPlace, name: string, asked: Asked, gate: Gate): RunData => ({
  namespace: place.namespace,
  name,
  content: gate.lock.content,
  immutable: gate.lock.dryRun?.data.immutable ?? null,
  mark: null,
  execution: null,
  failure: null,
  text: '',
  state: gate.aboveCeiling ? 'waiting' : 'checking',
  block: null,
  dryRun: asked.body.dryRun,
  until: (gate.lock.until ?? new Date()).toISOString(),
  planned: gate.planned,
  aboveCeiling: gate.aboveCeiling,
  confirmed: null,
  accepted: accepts(asked) ? { images: gate.running, old: gate.use.old } : { images: [], old: [] },
  agreed: { uncopied: gate.uncopied, differences: gate.differences, inUse: gate.use },
  withoutCopy: asked.body.withoutCopy,
  archive: gate.archive,
  copying: [],
  endpoint: null,
})

/** Enters the run, unless another one of its namespace is open: each was decided, and measured by the ceiling, without the other. */
const enter = (asked: Asked, place: RetentionPlace, { name = '' }: Retention, gate: Gate): Promise<RunJob> =>
  asked.known.db.transaction(async (tx) => {
    await takeTurns(tx, place)
    if (await openRunIn(tx, place)) throw refuse('retention_run_open')
    return await insertJob(tx, runType, {
      connection: place.connection,
      instance: place.instance,
      subject: String(place.policy),
      actorId: asked.actor.id,
      actorName: asked.actor.email,
      role: asked.actor.role,
      reason: asked.reason ?? null,
      size: gate.planned.images,
      data: dataOf(place, name, asked, gate),
    })
  })

export const runOf = (
  db: ConsoleRequest<'retentionRunShow'>['known']['db'],
  {
    connection,
    instance_id,
    namespace_name,
    policy_id,
    retention_run_id,
  }: ConsoleRequest<'retentionRunShow'>['params'],
): Promise<RunJob> =>
  jobOfPolicy(db, runType, placeOf({ connection, instance_id, namespace_name, policy_id }), Number(retention_run_id))

export const realRunHandlers: ConsoleHandlers<
  | 'retentionLockShow'
  | 'retentionRunStart'
  | 'retentionRunShow'
  | 'retentionRunImageList'
  | 'retentionRunConfirm'
  | 'retentionRunCancel'
> = {
  async retentionLockShow({ actor, known, params }) {
    const place = placeOf(params)
    const gate = await gateOf(known.db, actor, place, await readPolicy(actor, place))
    const { lock, limits, archive } = gate
    return {
      content: lock.content,
      state: lock.because === null ? 'armed' : 'locked',
      because: lock.because,
      dryRun: lock.dryRun && (await toDryRun(known.db, lock.dryRun)),
      until: lock.until?.toISOString() ?? null,
      ceiling: { tags: limits.ceilingTags, share: limits.ceilingShare },
      ceilingAsked: (await openCeilingRequest(known.db, place)) !== null,
      otherAdmins: await countOtherAdmins(known.db, actor),
      aboveCeiling: gate.aboveCeiling,
      archive,
      inUse: gate.use,
      run: gate.open,
      terms: termsOf(gate),
    }
  },

  async retentionRunStart(asked) {
    const { actor, known, tell, params, body } = asked
    const place = placeOf(params)
    tell({ after: body })
    requireName(place, body.confirm)
    const policy = await readPolicy(actor, place)
    tell({ objectName: policy.name })
    // Which immutable tag rules hold, and whether a run is open, is looked at in turn with those who change a rule.
    const { gate, job } = await withNamespaceLease(known.db, place, async (hold) => {
      const gate = await gateOf(known.db, actor, place, policy)
      requireAllowed(asked, gate)
      await hold()
      return { gate, job: await enter(asked, place, policy, gate) }
    })
    tell({
      after: { run: job.id, dryRun: body.dryRun, agreed: body.agreed, planned: gate.planned, inUse: gate.use.images },
    })
    startJob(known, job)
    return { run: await toRun(known.db, job) }
  },

  async retentionRunShow({ known, params }) {
    const run = await toRun(known.db, await runOf(known.db, params))
    return { run, failures: await failuresOfRun(known.db, run) }
  },

  async retentionRunImageList({ known, params, query }) {
    const { id } = await runOf(known.db, params)
    return { ...(await imagePage(known.db, id, query)), restorable: await countRestorable(known.db, id, query) }
  },

  async retentionRunConfirm({ actor, known, tell, params, body }) {
    const place = placeOf(params)
    const run = await runOf(known.db, params)
    tell({ objectName: run.data.name, after: { run: run.id, planned: run.data.planned } })
    requireName(place, body.confirm)
    if (!isSecond(actor, run.actorId)) throw refuse('retention_same_person')
    if (run.data.state !== 'waiting' || run.stop) throw refuse('retention_not_waiting')
    requireArmed(await gateOf(known.db, actor, place, await readPolicy(actor, place)), run.data.dryRun)
    const said = JSON.stringify({ id: actor.id, name: actor.email, at: new Date().toISOString() })
    await known.db.transaction(async (tx) => {
      // While it waits its worker writes nothing but its end.
      const waiting = and(
        eq(jobs.id, run.id),
        isNull(jobs.endedAt),
        isNull(jobs.stopReason),
        sql`${jobs.data} @> '{"state": "waiting", "confirmed": null}'::jsonb`,
      )
      const confirmed = await tx
        .update(jobs)
        .set({ data: sql`jsonb_set(${jobs.data}, '{confirmed}', ${said}::jsonb)` })
        .where(waiting)
        .returning({ id: jobs.id })
      if (confirmed.length === 0) throw refuse('retention_not_waiting')
      await nextVersion(tx, run.id)
    })
    tellJob(run.id)
    return { run: await toRun(known.db, await runOf(known.db, params)) }
  },

  async retentionRunCancel({ actor, known, tell, params }) {
    const run = await runOf(known.db, params)
    tell({ objectName: run.data.name, after: { run: run.id } })
    const now = await stopJob(known.db, runType, run.id, {
      reason: 'cancelled',
      name: actor.email,
      // The mark may be saved at any moment: one of both comes first.
      where: sql`${jobs.data}->'mark' = 'null'::jsonb`,
    })
    if (now?.data.mark) throw refuse('retention_run_begun')
    return { run: await toRun(known.db, await runOf(known.db, params)) }
  },
}
