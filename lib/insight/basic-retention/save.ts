import 'server-only'
import type { BasicRule } from '../../contract/console/basic-retention'
import { basicEdition } from '../../contract/console/retention-vocabulary'
import type { BasicRetention } from '../../contract/swr/basic-retention'
import { limitsOf } from '../../db/retention-settings'
import type { ConsoleRequest } from '../handler'
import { type Decided, deletionsHash, goes, hashOf, isAboveLimits, requireReadable, usedBy } from './decided'
import { heldRule, nameOf, placeOf } from './place'
import { answerOf, askForRule, replaceRuleRequest } from './request'
import { conflict, decideNow, inTurn, invalid, readBack, requireEditable, requireSame, sendRule } from './write'

/*
 * A rule takes effect when it is saved: saving is what deletes. So it stands behind what a real run of the Enterprise Edition
 * stands behind: verdicts that were looked at and still hold, what runs somewhere, the ceiling, and the typed name.
 */

type Asked = ConsoleRequest<'basicRetentionSave'>

/** The template of a rule is fixed once it is made. */
function requireTemplate(held: readonly BasicRetention[], { template }: BasicRule): void {
  const [first] = held
  const said = first?.rules[0]?.template
  if (first && said !== template) throw invalid('rule.template', 'not_editable')
}

/** Throws unless what goes is what was looked at, and nothing of it runs anywhere without that being accepted. */
function requireAllowed({ body, reason }: Asked, decided: Decided): void {
  if (!decided.complete) throw invalid('decided', 'listing_incomplete')
  if (hashOf(body.rule, decided) !== body.decided) throw conflict('retention_outdated')
  const { running, old } = usedBy(decided)
  const isUsed = running.length > 0 || old.length > 0
  if (isUsed && !(body.acceptInUse && reason !== undefined)) throw conflict('retention_in_use')
}

/** Saves a rule, or has it wait for a second admin where it deletes more than one may. */
export async function saveRule(asked: Asked) {
  const { actor, known, tell, params, body, reason } = asked
  const { rule, was } = body
  const place = placeOf(params, body)
  tell({ objectName: nameOf(place), after: { rule } })
  if (body.confirm !== nameOf(place)) throw invalid('confirm', 'not_the_name')
  return await inTurn(asked, place, async (hold) => {
    const held = await requireSame(asked, place, was)
    tell({ before: held.length > 0 ? held : undefined })
    requireEditable(held)
    requireReadable(rule, heldRule(held))
    requireTemplate(held, rule)
    const decided = await decideNow(asked, place, held, rule)
    requireAllowed(asked, decided)
    const limits = await limitsOf(known.db, place.connection, basicEdition)
    const isAbove = isAboveLimits(decided, limits)
    if (isAbove && !body.ask) throw conflict('retention_above_ceiling')
    // Who only asks for it has not agreed that it is deleted now.
    if (!isAbove && body.ask) throw conflict('retention_outdated')
    if (isAbove) {
      const deleted = decided.rows.filter(goes).length
      const hours = limits.dryRunHours
      await askForRule(known, actor, place, {
        rule,
        was,
        decided: deletionsHash(rule, decided),
        deleted,
        accepted: usedBy(decided),
        hours,
        reason,
      })
      tell({ after: { rule, asked: deleted } })
      return await answerOf(known.db, actor, place, held)
    }
    const onSent = () => replaceRuleRequest(known.db, place, actor)
    await sendRule(asked, place, { held, rule, hold, onSent })
    const now = await readBack(asked, place, { rule, decided })
    tell({ after: { rule, ...now.effect } })
    return await answerOf(known.db, actor, place, now.held)
  })
}
