import 'server-only'
import { basicEdition } from '../../contract/console/retention-vocabulary'
import { limitsOf } from '../../db/retention-settings'
import { requestSwr } from '../../swr/client'
import type { ConsoleHandlers } from '../handler'
import { confirmHandlers } from './confirm'
import { decideRepository, decisionsOf, requireReadable } from './decided'
import { heldRule, nameOf, paramsOf, placeOf, readRetentions } from './place'
import { answerOf } from './request'
import { saveRule } from './save'
import { inTurn, requireSame } from './write'

/** Of a log line; null where SWR says none that can be read. */
function momentOf(text: string | undefined): string | null {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

export const basicRetentionHandlers: ConsoleHandlers<
  | 'basicRetentionShow'
  | 'basicRetentionDecide'
  | 'basicRetentionSave'
  | 'basicRetentionConfirm'
  | 'basicRetentionWithdraw'
  | 'basicRetentionRemove'
  | 'basicRetentionLogShow'
> = {
  async basicRetentionShow({ actor, known, params, query }) {
    const place = placeOf(params, query)
    return await answerOf(known.db, actor, place, await readRetentions(actor, place))
  },

  async basicRetentionDecide({ actor, known, params: { connection }, body }) {
    const { rule } = body
    const place = placeOf({ connection }, body)
    const before = heldRule(await readRetentions(actor, place))
    requireReadable(rule, before)
    const decided = await decideRepository({ db: known.db, actor }, place, { rule, before, fresh: false })
    return decisionsOf(place, rule, decided, await limitsOf(known.db, connection, basicEdition))
  },

  basicRetentionSave: saveRule,
  ...confirmHandlers,

  async basicRetentionRemove(asked) {
    const { actor, tell, params, body } = asked
    const place = placeOf(params, body)
    tell({ objectName: nameOf(place) })
    return await inTurn(asked, place, async (hold) => {
      const [first] = await requireSame(asked, place, body.was)
      tell({ before: first })
      await hold()
      const at = { ...paramsOf(place), retention_id: String(first?.id ?? '') }
      await requestSwr(actor, place.connection, 'basicRetentionDelete', { params: at })
      return {}
    })
  },

  async basicRetentionLogShow({ actor, params: { connection }, query: { organization, repository, offset, limit } }) {
    const params = paramsOf({ connection, organization, repository })
    const { retention_log, total } = await requestSwr(actor, connection, 'basicRetentionLogList', {
      params,
      query: { offset, limit },
    })
    const rows = retention_log.map(({ tag = '', created_at, rule_type = '' }) => ({
      tag,
      at: momentOf(created_at),
      rule: rule_type,
    }))
    return { rows, total: total ?? rows.length }
  },
}
