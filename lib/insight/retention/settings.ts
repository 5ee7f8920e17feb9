import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '../../contract/actor'
import type { RetentionLimits, RetentionSettings } from '../../contract/console/retention-settings'
import { basicEdition } from '../../contract/console/retention-vocabulary'
import { ProblemError, problemOf } from '../../contract/problem'
import { limitsState, saveLimits } from '../../db/retention-settings'
import type { Db } from '../../db/schema'
import { startJob } from '../../jobs/runner'
import { tellJob } from '../../jobs/store'
import { isLooserCeiling, isSameCeiling, stricterCeiling } from '../../policy/retention-limits/ceiling'
import type { InstanceLocation } from '../../routes'
import { shortHash } from '../../short-hash'
import { requestSwr } from '../../swr/client'
import { stateAt } from '../copy-plan/target-namespace'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { archiveSide } from './archive/side'
import { askedCeiling, askForCeiling, type CeilingJob, openCeilingRequest, shownRequest } from './ceiling'
import { countOtherAdmins, requestAudit, requireSecond, settleRequest } from './second-admin'

const conflict = (code: 'changed_meanwhile' | 'retention_not_waiting', now?: RetentionSettings) =>
  new ProblemError({ status: 409, code, ...(now && { now }) })

const unusable = (field: 'registry' | 'namespace') =>
  new ProblemError({
    status: 422,
    code: 'archive_unusable',
    fields: { [`body.archive.${field}`]: field === 'registry' ? 'archive_registry' : 'archive_namespace' },
  })

/** Throws `archive_unusable`: what is copied there could not be copied back, or there is no such place. */
async function checkArchive(
  actor: Actor,
  place: InstanceLocation,
  { registry, namespace }: NonNullable<RetentionLimits['archive']>,
): Promise<void> {
  // Rules of the Basic Edition delete on save: nothing is copied before.
  if (place.instance === basicEdition) throw unusable('registry')
  const params = { instance_id: place.instance, registry_id: String(registry) }
  const { type } = await requestSwr(actor, place.connection, 'registryShow', { params }).catch((error: unknown) => {
    throw problemOf(error).code === 'swr_not_found' ? unusable('registry') : error
  })
  // A pull from the Basic Edition takes everything, whatever its filters say (docs/swr-api.md section 8).
  if (type === 'huawei-SWR') throw unusable('registry')
  const side = await archiveSide(actor, place, registry)
  if (side && (await stateAt(actor, { kind: 'instance', ...side }, namespace)) === 'missing')
    throw unusable('namespace')
}

const hashOf = (limits: RetentionLimits, request: CeilingJob | null) =>
  shortHash(JSON.stringify([limits, request?.id ?? null]))

async function stateOf(db: Db, place: InstanceLocation) {
  const { limits, changed } = await limitsState(db, place.connection, place.instance)
  const request = await openCeilingRequest(db, place)
  return { limits, changed, request, hash: hashOf(limits, request) }
}

async function shown(db: Db, actor: Actor, place: InstanceLocation): Promise<RetentionSettings> {
  const { limits, changed, request, hash } = await stateOf(db, place)
  return {
    limits,
    changed: changed && { name: changed.name, at: changed.at.toISOString() },
    request: request && shownRequest(request),
    content_hash: hash,
    otherAdmins: await countOtherAdmins(db, actor),
  }
}

/** Who changes the same limits at once takes turns; for a transaction. */
async function takeTurns(tx: Db, { connection, instance }: InstanceLocation): Promise<void> {
  const key = ['retention-settings', connection, instance].join('/')
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
}

/**
 * Writes what needs nobody else; a ceiling above the present one is asked for instead. Answers the job that waits for a second
 * admin then.
 */
async function write(
  tx: Db,
  asked: ConsoleRequest<'retentionSettingsUpdate'>,
  place: InstanceLocation,
): Promise<CeilingJob | null> {
  const { actor, tell, body, ifMatch, reason } = asked
  await takeTurns(tx, place)
  const was = await stateOf(tx, place)
  if (was.hash !== ifMatch) throw conflict('changed_meanwhile')
  const isLooser = isLooserCeiling(was.limits, body)
  const limits = { ...body, ...stricterCeiling(was.limits, body) }
  tell({ before: was.limits, after: isLooser ? { ...limits, ...askedCeiling(body) } : limits })
  await saveLimits(tx, { ...place, actorName: actor.email }, limits)
  // Whoever leaves the ceiling alone says nothing of what is asked for.
  if (was.request && !isSameCeiling(was.limits, body)) await settleRequest(tx, was.request.id, 'replaced', actor)
  return isLooser ? await askForCeiling(tx, place, body, { actor, reason }) : null
}

/** The request that is meant, if it waits. Throws `retention_not_waiting`. */
async function requireWaiting(tx: Db, place: InstanceLocation, id: number) {
  await takeTurns(tx, place)
  const { limits, request } = await stateOf(tx, place)
  if (request?.id !== id) throw conflict('retention_not_waiting')
  return { limits, request }
}

const placeOf = ({ connection, instance_id }: { connection: string; instance_id: string }): InstanceLocation => ({
  connection,
  instance: instance_id,
})

export const settingsHandlers: ConsoleHandlers<
  'retentionSettingsShow' | 'retentionSettingsUpdate' | 'retentionCeilingConfirm' | 'retentionCeilingWithdraw'
> = {
  retentionSettingsShow: ({ actor, known, params }) => shown(known.db, actor, placeOf(params)),

  async retentionSettingsUpdate(asked) {
    const { actor, known, tell, params, body, ifMatch } = asked
    const place = placeOf(params)
    tell({ after: body })
    if (!ifMatch) throw new ProblemError({ status: 428, code: 'precondition_missing' })
    const now = await shown(known.db, actor, place)
    if (now.content_hash !== ifMatch) throw conflict('changed_meanwhile', now)
    if (body.archive) await checkArchive(actor, place, body.archive)
    const request = await known.db
      .transaction((tx) => write(tx, asked, place))
      .catch(async (error: unknown) => {
        const isChanged = problemOf(error).code === 'changed_meanwhile'
        throw isChanged ? conflict('changed_meanwhile', await shown(known.db, actor, place)) : error
      })
    if (request) startJob(known, request)
    if (now.request) tellJob(now.request.id)
    return await shown(known.db, actor, place)
  },

  async retentionCeilingConfirm({ actor, known, tell, params, body }) {
    const place = placeOf(params)
    await known.db.transaction(async (tx) => {
      const { limits, request } = await requireWaiting(tx, place, body.request)
      const { ceilingTags, ceilingShare } = request.data
      const after = { ...limits, ceilingTags, ceilingShare }
      tell({ before: limits, after: { ...after, ...requestAudit(request) } })
      await requireSecond(tx, actor, request)
      if (!(await settleRequest(tx, request.id, 'confirmed', actor))) throw conflict('retention_not_waiting')
      await saveLimits(tx, { ...place, actorName: actor.email }, after)
    })
    tellJob(body.request)
    return await shown(known.db, actor, place)
  },

  async retentionCeilingWithdraw({ actor, known, tell, params, body }) {
    const place = placeOf(params)
    await known.db.transaction(async (tx) => {
      const { request } = await requireWaiting(tx, place, body.request)
      tell({ before: { ...askedCeiling(request.data), ...requestAudit(request) } })
      if (!(await settleRequest(tx, request.id, 'withdrawn', actor))) throw conflict('retention_not_waiting')
    })
    tellJob(body.request)
    return await shown(known.db, actor, place)
  },
}
