import 'server-only'
import type { BasicRule } from '../../contract/console/basic-retention'
import { ProblemError } from '../../contract/problem'
import type { BasicRetention } from '../../contract/swr/basic-retention'
import { type Lease, withLease } from '../../db/lease'
import { limitsOf } from '../../db/retention-settings'
import { basicContent, readRetention, toBasicBody } from '../../policy/basic-retention/rule'
import { requestSwr } from '../../swr/client'
import type { ConsoleRequest } from '../handler'
import { isAboveCeiling } from '../retention/real-run/doomed'
import { repositoryTags } from '../sync/lists'
import { type Decided, decideRepository, goes, hashOf, requireReadable } from './decided'
import { type BasicPlace, basicInstance, nameOf, paramsOf, readRetentions, shownOf } from './place'

/*
 * A rule takes effect when it is saved: saving is what deletes. So it stands behind what a real run of the Enterprise Edition
 * stands behind: verdicts that were looked at and still hold, what runs somewhere, the ceiling, and the typed name.
 */

/** Longer than SWR takes for one answer; renewed as long as the work goes on. */
const leaseSeconds = 60

const conflict = (code: ConstructorParameters<typeof ProblemError>[0]['code'], now?: unknown) =>
  new ProblemError({ status: 409, code, ...(now !== undefined && { now }) })
const invalid = (field: string, code: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.${field}`]: code } })

/** Alone in this repository, in every console on this database. */
export const inTurn = <Result>(
  { known }: Pick<Asked, 'known'>,
  place: BasicPlace,
  work: (hold: Lease) => Promise<Result>,
): Promise<Result> => withLease(known.db, `basic-retention/${place.connection}/${nameOf(place)}`, leaseSeconds, work)

/**
 * What SWR holds, if it is still what the caller saw. Throws `changed_meanwhile`, and refuses to touch several rules: which of
 * them a write would reach, nobody has documented.
 */
export async function requireSame(
  { actor }: Pick<Asked, 'actor'>,
  place: BasicPlace,
  was: string | null,
): Promise<readonly BasicRetention[]> {
  const held = await readRetentions(actor, place)
  if (was !== (held.length === 0 ? null : basicContent(held))) throw conflict('changed_meanwhile', shownOf(held))
  if ((shownOf(held)?.others ?? 0) > 0) throw invalid('was', 'not_editable')
  return held
}

type Asked = ConsoleRequest<'basicRetentionSave'>

/** The template of a rule is fixed once it is made. */
function requireTemplate(held: readonly BasicRetention[], { template }: BasicRule): void {
  const [first] = held
  const said = first?.rules[0]?.template
  if (first && said !== template) throw invalid('rule.template', 'not_editable')
}

/** Throws unless what goes is what was looked at, and may go. */
async function requireAllowed({ known, body, reason }: Asked, place: BasicPlace, decided: Decided): Promise<void> {
  if (!decided.complete) throw invalid('decided', 'listing_incomplete')
  if (hashOf(body.rule, decided) !== body.decided) throw conflict('retention_outdated')
  const going = decided.rows.filter(goes)
  const isUsed = decided.old.length > 0 || going.some(({ inUse }) => inUse.length > 0)
  // A rule that deletes nothing now runs again tomorrow, and this question is not asked then.
  if (isUsed && !(body.acceptInUse && reason !== undefined)) throw conflict('retention_in_use')
  const limits = await limitsOf(known.db, place.connection, basicInstance)
  if (isAboveCeiling({ deleted: going.length, all: decided.rows.length }, limits))
    throw conflict('retention_above_ceiling')
}

/** What is there afterwards. Throws `changed_meanwhile` when SWR holds another rule than was sent. */
async function verify({ actor, tell }: Asked, place: BasicPlace, rule: BasicRule, decided: Decided) {
  const held = await readRetentions(actor, place)
  const [first] = held
  const now = first ? readRetention(first) : null
  if (!now || JSON.stringify(toBasicBody(now)) !== JSON.stringify(toBasicBody(rule)))
    throw conflict('changed_meanwhile', shownOf(held))
  // SWR may still be at it: what is missing by now is told, what is not may go later.
  const left = await repositoryTags(actor, place.connection, nameOf(place), true).catch(() => null)
  const tags = left?.value.byName
  const missing = tags ? decided.rows.filter(({ tag }) => !tags.has(tag)) : []
  const unexpected = missing.filter((row) => !goes(row)).map(({ tag }) => tag)
  tell({
    after: { rule, deleted: missing.length, ...(unexpected.length > 0 && { unexpected: unexpected.slice(0, 50) }) },
  })
  return { retention: shownOf(held) }
}

export async function saveRule(asked: Asked) {
  const { actor, known, tell, params, body } = asked
  const { rule, organization, repository } = body
  const place = { connection: params.connection, organization, repository }
  tell({ objectName: nameOf(place), after: { rule } })
  if (body.confirm !== nameOf(place)) throw invalid('confirm', 'not_the_name')
  requireReadable(rule)
  return await inTurn(asked, place, async (hold) => {
    const held = await requireSame(asked, place, body.was)
    tell({ before: held.length > 0 ? held : undefined })
    requireTemplate(held, rule)
    const [first] = held
    const before = first ? readRetention(first) : null
    const decided = await decideRepository({ db: known.db, actor }, place, { rule, before, fresh: true })
    await requireAllowed(asked, place, decided)
    // Last of all: what was compared may have been long ago.
    await hold()
    const wire = toBasicBody(rule)
    if (first) {
      const at = { ...paramsOf(place), retention_id: String(first.id ?? '') }
      await requestSwr(actor, place.connection, 'basicRetentionUpdate', { params: at, body: wire })
    } else await requestSwr(actor, place.connection, 'basicRetentionCreate', { params: paramsOf(place), body: wire })
    return await verify(asked, place, rule, decided)
  })
}
