import 'server-only'
import type { RequestState } from '../../contract/console/retention-vocabulary'
import { ProblemError, problemOf } from '../../contract/problem'
import type { BasicRetention } from '../../contract/swr/basic-retention'
import { tellJob } from '../../jobs/store'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { isWaiting, requestAudit, requireSecond, settleRequest } from '../retention/second-admin'
import { type Decided, deletionsHash, usedBy } from './decided'
import { type BasicPlace, nameOf, placeOf, readRetentions } from './place'
import { answerOf, newestRuleRequest } from './request'
import { conflict, decideNow, inTurn, invalid, readBack, requireEditable, requireSame, sendRule } from './write'

type Request = NonNullable<Awaited<ReturnType<typeof newestRuleRequest>>>
type Asked = ConsoleRequest<'basicRetentionConfirm' | 'basicRetentionWithdraw'>

/** The request that is meant, if it waits. Throws `retention_not_waiting`. */
async function requireWaiting({ known, body }: Pick<Asked, 'known' | 'body'>, place: BasicPlace): Promise<Request> {
  const request = await newestRuleRequest(known.db, place)
  if (request?.id !== body.request || !isWaiting(request)) throw conflict('retention_not_waiting')
  return request
}

async function settle(
  { known, actor }: Pick<Asked, 'known' | 'actor'>,
  { id }: Request,
  state: Exclude<RequestState, 'waiting'>,
): Promise<void> {
  await settleRequest(known.db, id, state, actor)
  tellJob(id)
}

/**
 * Throws unless what both agree to still holds: `retention_outdated` where something else would be deleted, `retention_in_use`
 * where something of it has come to run, which the lists of the clusters can settle.
 */
function requireAgreed({ data }: Request, decided: Decided): void {
  if (!decided.complete) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  if (deletionsHash(data.rule, decided) !== data.decided) throw conflict('retention_outdated')
  const { running, old } = usedBy(decided)
  const isNew = [
    ...running.filter((each) => !data.accepted.running.includes(each)),
    ...old.filter((each) => !data.accepted.old.includes(each)),
  ]
  if (isNew.length > 0) throw conflict('retention_in_use')
}

/** What SWR holds, and what the rule does to it. Throws unless both are as they were asked for, which ends the request. */
async function checkAgreed(
  asked: Asked,
  place: BasicPlace,
  request: Request,
): Promise<{ held: readonly BasicRetention[]; decided: Decided }> {
  const { rule, was } = request.data
  try {
    const held = await requireSame(asked, place, was)
    asked.tell({ before: held.length > 0 ? held : undefined })
    requireEditable(held)
    const decided = await decideNow(asked, place, held, rule)
    requireAgreed(request, decided)
    return { held, decided }
  } catch (error) {
    // Nobody has seen what it would delete by now: it has to be asked for anew.
    if (['changed_meanwhile', 'retention_outdated'].includes(problemOf(error).code))
      await settle(asked, request, 'outdated')
    throw error
  }
}

export const confirmHandlers: ConsoleHandlers<'basicRetentionConfirm' | 'basicRetentionWithdraw'> = {
  async basicRetentionConfirm(asked) {
    const { actor, known, tell, params, body } = asked
    const place = placeOf(params, body)
    tell({ objectName: nameOf(place) })
    if (body.confirm !== nameOf(place)) throw invalid('confirm', 'not_the_name')
    return await inTurn(asked, place, async (hold) => {
      const request = await requireWaiting(asked, place)
      const { rule } = request.data
      tell({ after: { rule, ...requestAudit(request) } })
      await requireSecond(known.db, actor, request)
      const { held, decided } = await checkAgreed(asked, place, request)
      // Whatever becomes of it from here on, it was confirmed, and images may be gone.
      const onSent = () => settle(asked, request, 'confirmed')
      await sendRule(asked, place, { held, rule, hold, onSent })
      const now = await readBack(asked, place, { rule, decided })
      tell({ after: { rule, ...requestAudit(request), ...now.effect } })
      return await answerOf(known.db, actor, place, now.held)
    })
  },

  async basicRetentionWithdraw(asked) {
    const { actor, known, tell, params, body } = asked
    const place = placeOf(params, body)
    tell({ objectName: nameOf(place) })
    return await inTurn(asked, place, async () => {
      const request = await requireWaiting(asked, place)
      tell({ before: { rule: request.data.rule, ...requestAudit(request) } })
      await settle(asked, request, 'withdrawn')
      return await answerOf(known.db, actor, place, await readRetentions(actor, place))
    })
  },
}
