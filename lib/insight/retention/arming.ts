import 'server-only'
import type { Actor } from '../../contract/actor'
import type { RetentionArming } from '../../contract/console/retention-runs'
import type { ArmingReason } from '../../contract/console/retention-vocabulary'
import { type Retention, retention, retentionBody } from '../../contract/swr/retention'
import type { Db } from '../../db/schema'
import { toRequest } from '../../policy/retention/request'
import { wholeOf } from '../../swr/writes/held'
import type { ConsoleRequest } from '../handler'
import { retentionContentHash } from './content-hash'
import { type DryRunJob, dryRunType } from './job-types'
import { jobsOfPolicy } from './open-jobs'
import { placeOf, type RetentionPlace, readPolicy } from './place'
import { prospectOf, runningAmong, type Use } from './real-run/gate'
import { outcomeNow } from './real-run/outcome'
import { toDryRun } from './show'

export interface Arming {
  /** Null: the schedule may be on. */
  readonly because: ArmingReason | null
  /** The newest of just this content. */
  readonly dryRun: DryRunJob | null
}

export type ArmedContent = Pick<Retention, 'algorithm' | 'rules' | 'trigger'>

/** What a request says, read as if SWR had answered it: with all that the console does not know. */
export const policyIn = (body: Readonly<Record<string, unknown>>): Retention =>
  retention.parse({ ...body, content_hash: '' })

/** Nobody is there to accept it, or to agree, when the schedule deletes. */
const usedBecause = ({ images, old }: Use): ArmingReason | null =>
  images > 0 ? 'in_use' : old.length > 0 ? 'in_use_old' : null

/**
 * Whether a schedule of this content may be on: a finished dry run of it opens the lock, and its outcome, as it was shown and as
 * it would be by now, is such that nobody has to be asked. The namespace is listed anew only where all else is in order, and
 * nothing but the database is asked where there is no such dry run, as of most contents.
 */
export async function armingOf(
  { db, actor, place }: { readonly db: Db; readonly actor: Actor; readonly place: RetentionPlace },
  content: ArmedContent,
): Promise<Arming> {
  const wanted = { content: retentionContentHash(content), limit: 1 }
  const [known] = await jobsOfPolicy(db, dryRunType, place, wanted)
  if (!known) return { because: 'no_dry_run', dryRun: null }
  const look = async (): Promise<Arming> => {
    const { lock, use, aboveCeiling } = await prospectOf(db, actor, place, content)
    return { because: lock.because ?? usedBecause(use) ?? (aboveCeiling ? 'above_ceiling' : null), dryRun: lock.dryRun }
  }
  const shown = await look()
  if (shown.because !== null || shown.dryRun === null) return shown
  const now = await outcomeNow({ db, actor, place }, { policy: content, dryRun: shown.dryRun.id })
  const { use } = await runningAmong(db, place.connection, now.images)
  const because = now.isOutdated ? 'outdated' : (usedBecause(use) ?? (now.isAboveCeiling ? 'above_ceiling' : null))
  if (because !== null) return { ...shown, because }
  // Listing takes its time: others may have changed limits here, or immutable tag rules at SWR, or made another dry run.
  const after = await look()
  return after.dryRun?.id === shown.dryRun.id ? after : { ...after, because: after.because ?? 'outdated' }
}

/** The same for a form, before it is saved: of what SWR will hold then. Where there is no dry run at all SWR is not asked. */
export async function retentionArmingShow({
  actor,
  known: { db },
  params,
  body,
}: ConsoleRequest<'retentionArmingShow'>): Promise<RetentionArming> {
  const place = placeOf(params)
  const [any] = await jobsOfPolicy(db, dryRunType, place, { limit: 1 })
  if (!any) return { because: 'no_dry_run', dryRun: null }
  const object = await readPolicy(actor, place)
  const content = wholeOf(retentionBody, body, { raw: object, request: toRequest(object), object })
  const { because, dryRun } = await armingOf({ db, actor, place }, policyIn(content))
  return { because, dryRun: dryRun && (await toDryRun(db, dryRun)) }
}
