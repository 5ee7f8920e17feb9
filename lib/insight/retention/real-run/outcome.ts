import 'server-only'
import type { Actor } from '../../../contract/actor'
import { ProblemError } from '../../../contract/problem'
import type { Retention } from '../../../contract/swr/retention'
import { imagesOf } from '../../../db/retention-images'
import { limitsOf } from '../../../db/retention-settings'
import type { Db } from '../../../db/schema'
import { type DecidedRow, decideNamespace } from '../decided'
import type { RetentionPlace } from '../place'
import { countNames, doomedNow, isAboveCeiling, isOutdated } from './doomed'

interface Outcome {
  readonly images: readonly DecidedRow[]
  /** Pushes or deletions have changed what goes by more than the set share since the dry run. */
  readonly isOutdated: boolean
  /** One person alone may not have so much deleted. */
  readonly isAboveCeiling: boolean
}

/**
 * What goes now, decided anew on a namespace that is listed now, beside what a dry run has shown. Listing takes its time: the
 * limits are those that hold after it.
 */
export async function outcomeNow(
  { db, actor, place }: { readonly db: Db; readonly actor: Actor; readonly place: RetentionPlace },
  { policy, dryRun }: { readonly policy: Pick<Retention, 'algorithm' | 'rules'>; readonly dryRun: number },
): Promise<Outcome> {
  const decided = await decideNamespace(actor, place, place.namespace, policy, { now: new Date(), fresh: true })
  if (decided.problem) throw new ProblemError(decided.problem)
  if (!decided.complete) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  const limits = await limitsOf(db, place.connection, place.instance)
  const doomed = doomedNow(await imagesOf(db, dryRun), decided.images)
  const names = { deleted: countNames(doomed.images), all: countNames(decided.images) }
  return {
    images: doomed.images,
    isOutdated: isOutdated(doomed, limits.outdatedShare),
    isAboveCeiling: isAboveCeiling(names, limits),
  }
}
