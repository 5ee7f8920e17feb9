import 'server-only'
import { ProblemError, problemOf } from '../../contract/problem'
import { tellJob } from '../../jobs/store'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { isWaiting, type RequestState, requireSecond, settleRequest } from '../retention/second-admin'
import { type Decided, hashOf } from './decided'
import { type BasicPlace, nameOf, placeOf, readRetentions } from './place'
import { answerOf, newestRuleRequest } from './request'
import { conflict, decideNow, inTurn, invalid, requireSame, usedBy, writeRule } from './write'

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

/** Throws unless what both agree to still holds. */
function requireAgreed({ data }: Request, decided: Decided): void {
  if (!decided.complete) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  if (hashOf(data.rule, decided) !== data.decided) throw conflict('retention_outdated')
  const { running, old } = usedBy(decided)
  const isNew = [
    ...running.filter((each) => !data.accepted.running.includes(each)),
    ...old.filter((each) => !data.accepted.old.includes(each)),
  ]
  if (isNew.length > 0) throw conflict('retention_in_use')
}

export const confirmHandlers: ConsoleHandlers<'basicRetentionConfirm' | 'basicRetentionWithdraw'> = {
  async basicRetentionConfirm(asked) {
    const { actor, known, tell, params, body } = asked
    const place = placeOf(params, body)
    tell({ objectName: nameOf(place) })
    if (body.confirm !== nameOf(place)) throw invalid('confirm', 'not_the_name')
    return await inTurn(asked, place, async (hold) => {
      const request = await requireWaiting(asked, place)
      const { rule, was } = request.data
      tell({ after: { rule } })
      await requireSecond(known.db, actor, request)
      try {
        const held = await requireSame(asked, place, was)
        tell({ before: held.length > 0 ? held : undefined })
        const decided = await decideNow(asked, place, held, rule)
        requireAgreed(request, decided)
        const now = await writeRule(asked, place, { held, rule, decided, hold })
        await settle(asked, request, 'confirmed')
        return await answerOf(known.db, actor, place, now)
      } catch (error) {
        // Nobody has seen what it would delete by now: it has to be asked for anew.
        const isOver = ['changed_meanwhile', 'retention_outdated'].includes(problemOf(error).code)
        if (isOver) await settle(asked, request, 'outdated')
        throw error
      }
    })
  },

  async basicRetentionWithdraw(asked) {
    const { actor, known, tell, params, body } = asked
    const place = placeOf(params, body)
    tell({ objectName: nameOf(place) })
    return await inTurn(asked, place, async () => {
      const request = await requireWaiting(asked, place)
      tell({ before: { rule: request.data.rule } })
      await settle(asked, request, 'withdrawn')
      return await answerOf(known.db, actor, place, await readRetentions(actor, place))
    })
  },
}
