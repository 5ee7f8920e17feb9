import 'server-only'
import { ProblemError } from '../../contract/problem'
import { retentionBody } from '../../contract/swr/retention'
import { limitsOf } from '../../db/retention-settings'
import type { GuardedWrite, WriteGuard } from '../../swr/writes/guard'
import { retentionContentHash } from './content-hash'
import { isManual, lockOf } from './lock'

const notArmed = () => new ProblemError({ status: 409, code: 'retention_not_armed' })

/** Whether a finished dry run of what is to be saved opens the lock. */
async function isArmed({ db, connection, params, body }: GuardedWrite): Promise<boolean> {
  const instance = params.instance_id ?? ''
  const place = {
    connection,
    instance,
    namespace: params.namespace_name ?? '',
    policy: Number(params.policy_id),
  }
  const content = retentionBody.loose().safeParse(body).data
  const { dryRunHours: hours } = await limitsOf(db, connection, instance)
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
