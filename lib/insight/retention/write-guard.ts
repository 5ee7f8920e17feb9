import 'server-only'
import { ProblemError } from '../../contract/problem'
import { retention, retentionBody } from '../../contract/swr/retention'
import { isManual } from '../../policy/retention/runs-by-itself'
import type { GuardedWrite, WriteGuard } from '../../swr/writes/guard'
import { retentionContentHash } from './content-hash'
import { runType } from './job-types'
import { jobsOfPolicy } from './open-jobs'
import type { RetentionPlace } from './place'
import { prospectOf, runningAmong, type Use } from './real-run/gate'
import { outcomeNow } from './real-run/outcome'
import { termsChanged } from './real-run/terms'

const refused = (
  code:
    | 'retention_not_armed'
    | 'retention_run_open'
    | 'retention_in_use'
    | 'retention_above_ceiling'
    | 'retention_outdated',
) => new ProblemError({ status: 409, code })

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

/** Throws unless the caller has seen the very dry run that opens the lock: its numbers are what they agreed to. */
function requireAgreed({ dryRun }: GuardedWrite, opener: number): void {
  if (dryRun !== String(opener)) throw termsChanged('dryRun', ['dryRun'])
}

/** Nobody is there to accept it, or to agree, when the schedule deletes. */
function requireNotUsed({ images, old }: Use): void {
  if (images > 0 || old.length > 0) throw refused('retention_in_use')
}

/**
 * Whether a finished dry run of what is to be saved opens the lock. Throws what its outcome is refused for, as the dry run has
 * shown it and as it would be by now.
 */
async function isArmed(write: GuardedWrite, { isArming }: { readonly isArming: boolean }): Promise<boolean> {
  const { db, actor } = write
  const content = retentionBody.loose().safeParse(write.body).data
  const rules = retention.shape.rules.safeParse(content?.rules).data
  if (content === undefined || rules === undefined) return false
  const place = placeOfWrite(write)
  const opener = async () => {
    const { lock, use, aboveCeiling } = await prospectOf(db, actor, place, content)
    if (lock.because !== null || lock.dryRun === null) return null
    if (isArming) requireAgreed(write, lock.dryRun.id)
    requireNotUsed(use)
    if (aboveCeiling) throw refused('retention_above_ceiling')
    return lock.dryRun.id
  }
  const dryRun = await opener()
  if (dryRun === null) return false
  const policy = { algorithm: content.algorithm, rules }
  const now = await outcomeNow({ db, actor, place }, { policy, dryRun })
  if (now.isOutdated) throw refused('retention_outdated')
  requireNotUsed((await runningAmong(db, place.connection, now.images)).use)
  if (now.isAboveCeiling) throw refused('retention_above_ceiling')
  // Listing takes its time: others may have changed limits here, or immutable tag rules at SWR.
  return (await opener()) === dryRun
}

/**
 * A schedule deletes without anybody looking on, so what it will do must have been seen. Switching one on that is not armed is
 * refused, and so is one whose outcome is not what was agreed to, is in use, above the ceiling or changed by pushes since; other
 * rules, selectors or another trigger switch a running one off in the same request.
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
  if (await isArmed(write, { isArming: !wasOn })) return body
  if (!wasOn) throw refused('retention_not_armed')
  return { ...body, enabled: false }
}
