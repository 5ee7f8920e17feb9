import 'server-only'
import type { BasicRule } from '../../contract/console/basic-retention'
import { ProblemError } from '../../contract/problem'
import type { BasicRetention } from '../../contract/swr/basic-retention'
import { type Lease, withLease } from '../../db/lease'
import { basicContent, toBasicBody } from '../../policy/basic-retention/rule'
import { requestSwr } from '../../swr/client'
import type { ConsoleRequest } from '../handler'
import { isOutcomeUnknown } from '../partial-runs/retry'
import { repositoryTagsNow } from '../sync/lists'
import { type Decided, decideRepository, goes } from './decided'
import { type BasicPlace, heldRule, nameOf, paramsOf, readRetentions, shownOf } from './place'

/* How a rule gets to SWR, whoever presses: who saves it, or the second admin who confirms it. */

export type Writing = Pick<ConsoleRequest<'basicRetentionSave'>, 'actor' | 'known' | 'tell'>

/** Of the rule, as the audit log names it; undefined where there is none yet. */
const idOf = ([first]: readonly BasicRetention[]) => first?.id?.toString()

/** Longer than SWR takes for one answer; renewed as long as the work goes on. */
const leaseSeconds = 60

export const conflict = (code: ConstructorParameters<typeof ProblemError>[0]['code'], now?: unknown) =>
  new ProblemError({ status: 409, code, ...(now !== undefined && { now }) })
export const invalid = (field: string, code: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.${field}`]: code } })

/** Alone in this repository, in every console on this database. */
export const inTurn = <Result>(
  { known }: Pick<Writing, 'known'>,
  place: BasicPlace,
  work: (hold: Lease) => Promise<Result>,
): Promise<Result> => withLease(known.db, `basic-retention/${place.connection}/${nameOf(place)}`, leaseSeconds, work)

/**
 * What SWR holds, if it is still what the caller saw. Throws `changed_meanwhile`, and refuses to touch several rules: which of
 * them a write would reach, nobody has documented.
 */
export async function requireSame(
  { actor, tell }: Pick<Writing, 'actor' | 'tell'>,
  place: BasicPlace,
  was: string | null,
): Promise<readonly BasicRetention[]> {
  const held = await readRetentions(actor, place)
  tell({ objectId: idOf(held) })
  if (was !== (held.length === 0 ? null : basicContent(held))) throw conflict('changed_meanwhile', shownOf(held))
  if ((shownOf(held)?.others ?? 0) > 0) throw invalid('was', 'not_editable')
  return held
}

/** Throws where SWR holds a rule that the console cannot read: a write would drop what it says. */
export function requireEditable(held: readonly BasicRetention[]): void {
  if (held.length > 0 && heldRule(held) === null) throw invalid('was', 'not_editable')
}

/** What the rule does by a listing of now. */
export function decideNow(
  { actor, known }: Writing,
  place: BasicPlace,
  held: readonly BasicRetention[],
  rule: BasicRule,
): Promise<Decided> {
  return decideRepository({ db: known.db, actor }, place, { rule, before: heldRule(held), fresh: true })
}

/** Sends the rule in place of what SWR holds. `onSent` is called once SWR may have taken it, also where its answer is lost. */
export async function sendRule(
  { actor }: Pick<Writing, 'actor'>,
  place: BasicPlace,
  {
    held: [first],
    rule,
    hold,
    onSent,
  }: { held: readonly BasicRetention[]; rule: BasicRule; hold: Lease; onSent: () => Promise<void> },
): Promise<void> {
  // Last of all: what was compared may have been long ago.
  await hold()
  const body = toBasicBody(rule)
  const at = { ...paramsOf(place), retention_id: String(first?.id ?? '') }
  try {
    if (first) await requestSwr(actor, place.connection, 'basicRetentionUpdate', { params: at, body })
    else await requestSwr(actor, place.connection, 'basicRetentionCreate', { params: paramsOf(place), body })
  } catch (error) {
    if (isOutcomeUnknown(error)) await onSent()
    throw error
  }
  await onSent()
}

/** What SWR holds once a rule was sent, and what became of the tags. Throws `swr_rule_differs` where it holds another rule. */
export async function readBack(
  { actor, tell }: Pick<Writing, 'actor' | 'tell'>,
  place: BasicPlace,
  { rule, decided }: { rule: BasicRule; decided: Decided },
) {
  const held = await readRetentions(actor, place)
  tell({ objectId: idOf(held) })
  const now = heldRule(held)
  if (!now || JSON.stringify(toBasicBody(now)) !== JSON.stringify(toBasicBody(rule)))
    throw new ProblemError({ status: 502, code: 'swr_rule_differs', now: shownOf(held) })
  // SWR may still be at it: what is missing by now is told, what is not may go later.
  const left = await repositoryTagsNow(actor, place.connection, nameOf(place)).catch(() => null)
  const tags = left?.value.byName
  const missing = tags ? decided.rows.filter(({ tag }) => !tags.has(tag)) : []
  const unexpected = missing.filter((row) => !goes(row)).map(({ tag }) => tag)
  const effect = { deleted: missing.length, ...(unexpected.length > 0 && { unexpected: unexpected.slice(0, 50) }) }
  return { held, effect }
}
