import 'server-only'
import { z } from 'zod'
import type { Actor } from '../../contract/actor'
import type { CeilingRequest } from '../../contract/console/retention-settings'
import { retentionLimits } from '../../contract/console/retention-settings'
import { basicEdition } from '../../contract/console/retention-vocabulary'
import type { Db } from '../../db/schema'
import type { Job, JobType } from '../../jobs/job'
import { insertJob } from '../../jobs/store'
import type { Ceiling } from '../../policy/retention-limits/ceiling'
import type { InstanceLocation } from '../../routes'
import { isWaiting, newestRequest, newRequest, requestFields, requestKind } from './second-admin'

/* A higher ceiling, which counts once a second admin has confirmed it. */

const { ceilingTags, ceilingShare } = retentionLimits.shape
const ceilingData = z.object({ ...requestFields, ceilingTags, ceilingShare })
type CeilingData = z.output<typeof ceilingData>
export type CeilingJob = Job<CeilingData>
const ceilingType: JobType<CeilingData> = { kind: 'retention-ceiling', data: ceilingData }
/** A higher ceiling that is asked for, as the audit log says it. */
export const askedCeiling = ({ ceilingTags: tags, ceilingShare: share }: Ceiling) => ({
  asked: { ceilingTags: tags, ceilingShare: share },
})

export const ceilingKind = requestKind(ceilingType, {
  subject: ({ connection, instance }) => ({
    kind: 'retention_limits',
    connection,
    instance: instance === basicEdition ? undefined : (instance ?? undefined),
    objectId: instance ?? undefined,
  }),
  operations: { withdrawn: 'retentionCeilingWithdraw', expired: 'retentionCeilingExpire' },
  asked: askedCeiling,
})

const secondsToConfirm = 7 * 86_400

/** What waits for a second admin at a place. */
export async function openCeilingRequest(db: Db, place: InstanceLocation): Promise<CeilingJob | null> {
  const newest = await newestRequest(db, ceilingType, place)
  return newest && isWaiting(newest) ? newest : null
}

/** To be begun by `startJob` once it is committed. */
export const askForCeiling = (
  db: Db,
  place: InstanceLocation,
  { ceilingTags: tags, ceilingShare: share }: Ceiling,
  { actor, reason }: { readonly actor: Actor; readonly reason: string | undefined },
): Promise<CeilingJob> =>
  insertJob(db, ceilingType, {
    ...place,
    actorId: actor.id,
    actorName: actor.email,
    role: actor.role,
    reason: reason ?? null,
    size: 1,
    data: { ...newRequest(secondsToConfirm), ceilingTags: tags, ceilingShare: share },
  })

export const shownRequest = ({ id, data, actorId, actorName, reason, at }: CeilingJob): CeilingRequest => ({
  id,
  ceilingTags: data.ceilingTags,
  ceilingShare: data.ceilingShare,
  actorId,
  actorName,
  reason,
  at: at.toISOString(),
  until: data.until,
})
