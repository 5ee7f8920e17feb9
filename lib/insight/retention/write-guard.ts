import 'server-only'
import { ProblemError } from '../../contract/problem'
import { retentionBody } from '../../contract/swr/retention'
import { limitsOf } from '../../db/retention-settings'
import type { GuardedWrite, WriteGuard } from '../../swr/writes/guard'
import { retentionContentHash } from './content-hash'
import { runType } from './job-types'
import { isManual, lockOf } from './lock'
import { jobsOfPolicy } from './open-jobs'
import type { RetentionPlace } from './place'

const notArmed = () => new ProblemError({ status: 409, code: 'retention_not_armed' })

const placeOfWrite = ({ connection, params }: Pick<GuardedWrite, 'connection' | 'params'>): RetentionPlace => ({
  connection,
  instance: params.instance_id ?? '',
  namespace: params.namespace_name ?? '',
  policy: Number(params.policy_id),
})

/** A real run deletes by what is saved when SWR begins: until then nobody changes that. */
export async function guardRetentionChange(change: Pick<GuardedWrite, 'db' | 'connection' | 'params'>): Promise<void> {
  const open = await jobsOfPolicy(change.db, runType, placeOfWrite(change), { open: true })
  if (open.some(({ data }) => data.mark === null)) throw new ProblemError({ status: 409, code: 'retention_run_open' })
}

/** Whether a finished dry run of what is to be saved opens the lock. */
async function isArmed(write: GuardedWrite): Promise<boolean> {
  const { db, body } = write
  const place = placeOfWrite(write)
  const content = retentionBody.loose().safeParse(body).data
  const { dryRunHours: hours } = await limitsOf(db, place.connection, place.instance)
  return content !== undefined && (await lockOf(db, place, content, { hours })).because === null
}

/**
 * A schedule deletes without anybody looking on, so what it will do must have been seen. Switching one on that is not armed is
 * refused; other rules, selectors or another trigger switch a running one off in the same request.
 */
export const guardRetention: WriteGuard = async (write) => {
  const { was, wanted, body } = write
  if (body.enabled !== true || isManual(body)) return body
  if (!was) throw notArmed()
  const saved = retentionBody.safeParse(was.request).data
  const asked = retentionBody.safeParse(wanted).data
  const wasOn = saved?.enabled === true
  const isSame =
    saved !== undefined && asked !== undefined && retentionContentHash(saved) === retentionContentHash(asked)
  if (wasOn && isSame) return body
  if (await isArmed(write)) return body
  if (!wasOn) throw notArmed()
  return { ...body, enabled: false }
}
