import 'server-only'
import { ProblemError } from '../../contract/problem'
import { retentionBody } from '../../contract/swr/retention'
import type { GuardedWrite, WriteGuard } from '../../swr/writes/guard'
import { retentionContentHash } from './content-hash'
import { runType } from './job-types'
import { isManual } from './lock'
import { jobsOfPolicy } from './open-jobs'
import type { RetentionPlace } from './place'
import { prospectOf } from './real-run/gate'

const refused = (code: 'retention_not_armed' | 'retention_run_open' | 'retention_in_use' | 'retention_above_ceiling') =>
  new ProblemError({ status: 409, code })

const placeOfWrite = ({ connection, params }: Pick<GuardedWrite, 'connection' | 'params'>): RetentionPlace => ({
  connection,
  instance: params.instance_id ?? '',
  namespace: params.namespace_name ?? '',
  policy: Number(params.policy_id),
})

/** A real run deletes by what is saved when SWR begins: until then nobody changes that. */
export async function guardRetentionChange(change: Pick<GuardedWrite, 'db' | 'connection' | 'params'>): Promise<void> {
  const open = await jobsOfPolicy(change.db, runType, placeOfWrite(change), { open: true })
  if (open.some(({ data }) => data.mark === null)) throw refused('retention_run_open')
}

/** Whether a finished dry run of what is to be saved opens the lock. Throws what its outcome is refused for. */
async function isArmed(write: GuardedWrite): Promise<boolean> {
  const content = retentionBody.loose().safeParse(write.body).data
  if (content === undefined) return false
  const { lock, use, aboveCeiling } = await prospectOf(write.db, placeOfWrite(write), content)
  if (lock.because !== null) return false
  // Nobody is there to accept it, or to agree, when the schedule deletes.
  if (use.images > 0 || use.old.length > 0) throw refused('retention_in_use')
  if (aboveCeiling) throw refused('retention_above_ceiling')
  return true
}

/**
 * A schedule deletes without anybody looking on, so what it will do must have been seen. Switching one on that is not armed is
 * refused, and so is one whose outcome is in use or above the ceiling; other rules, selectors or another trigger switch a running one off in the same request.
 */
export const guardRetention: WriteGuard = async (write) => {
  const { was, wanted, body } = write
  if (body.enabled !== true || isManual(body)) return body
  if (!was) throw refused('retention_not_armed')
  const saved = retentionBody.safeParse(was.request).data
  const asked = retentionBody.safeParse(wanted).data
  const wasOn = saved?.enabled === true
  const isSame =
    saved !== undefined && asked !== undefined && retentionContentHash(saved) === retentionContentHash(asked)
  if (wasOn && isSame) return body
  if (await isArmed(write)) return body
  if (!wasOn) throw refused('retention_not_armed')
  return { ...body, enabled: false }
}
