import 'server-only'
import type { Actor } from '../../contract/actor'
import type { RetentionLimits } from '../../contract/console/retention-settings'
import { ProblemError, problemOf } from '../../contract/problem'
import { type LimitsState, limitsState, saveLimits } from '../../db/retention-settings'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { stateAt } from '../copy-plan/target-namespace'
import type { ConsoleHandlers } from '../handler'
import { archiveSide } from './archive/side'

const shown = ({ limits, changed }: LimitsState) => ({
  limits,
  changed: changed && { name: changed.name, at: changed.at.toISOString() },
})

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

export const settingsHandlers: ConsoleHandlers<'retentionSettingsShow' | 'retentionSettingsUpdate'> = {
  async retentionSettingsShow({ known, params }) {
    return shown(await limitsState(known.db, params.connection, params.instance_id))
  },

  async retentionSettingsUpdate({ actor, known, tell, params, body }) {
    const place = { connection: params.connection, instance: params.instance_id }
    const was = await limitsState(known.db, place.connection, place.instance)
    tell({ before: was.limits, after: body })
    if (body.archive) await checkArchive(actor, place, body.archive)
    await saveLimits(known.db, { ...place, actorName: actor.email }, body)
    return shown(await limitsState(known.db, place.connection, place.instance))
  },
}
