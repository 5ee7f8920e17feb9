import 'server-only'
import type { ArmingReason } from '../../contract/console/retention-vocabulary'
import { ProblemError } from '../../contract/problem'
import { isManual } from '../../policy/retention/runs-by-itself'
import type { GuardedWrite, WriteGuard } from '../../swr/writes/guard'
import { type Arming, armingOf, policyIn } from './arming'
import { retentionContentHash } from './content-hash'
import { runType } from './job-types'
import { jobsOfPolicy } from './open-jobs'
import type { RetentionPlace } from './place'
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

const refusals = {
  in_use: 'retention_in_use',
  in_use_old: 'retention_in_use',
  above_ceiling: 'retention_above_ceiling',
  outdated: 'retention_outdated',
} as const satisfies Partial<Record<ArmingReason, string>>

const isOutcome = (because: ArmingReason): because is keyof typeof refusals => Object.hasOwn(refusals, because)

/** Whether the caller has seen the very dry run that opens the lock: its numbers are what they agreed to. */
const hasSeen = ({ dryRun: seen }: GuardedWrite, { dryRun }: Arming) => dryRun !== null && seen === String(dryRun.id)

const notSeen = () => termsChanged('dryRun', ['dryRun'])

function requireArmed(write: GuardedWrite, arming: Arming): void {
  const { because } = arming
  if (because !== null && !isOutcome(because)) throw refused('retention_not_armed')
  if (!hasSeen(write, arming)) throw notSeen()
  if (because !== null) throw refused(refusals[because])
}

/**
 * A schedule deletes without anybody looking on, so what it will do must have been seen. Switching one on that is not armed is
 * refused, and so is one whose outcome is not what was agreed to, is in use, above the ceiling or changed by pushes since. Other
 * rules, selectors or another trigger switch a running one off in the same request, unless all of that holds of them; whoever
 * names the dry run by which it stays on is refused instead: nothing else is sent than what they were shown. A schedule in place
 * of a press is one that is switched on: it is left on for those alone who name its dry run. What is compared is what SWR holds
 * with what it will hold, not how the console would write either.
 */
export const guardRetention: WriteGuard = async (write) => {
  const { db, actor, was, body } = write
  if (body.enabled !== true || isManual(body)) return body
  if (!was) throw refused('retention_not_armed')
  const [saved, next] = [policyIn(was.raw), policyIn(body)]
  const wasOn = saved.enabled === true
  if (wasOn && retentionContentHash(saved) === retentionContentHash(next)) return body
  const arming = await armingOf({ db, actor, place: placeOfWrite(write) }, next)
  if (!wasOn) requireArmed(write, arming)
  else if (write.dryRun !== undefined) {
    if (arming.because !== null || !hasSeen(write, arming)) throw notSeen()
  } else if (arming.because !== null || isManual(saved)) return { ...body, enabled: false }
  return body
}
