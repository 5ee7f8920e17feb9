import 'server-only'
import { readRetention } from '../../policy/basic-retention/rule'
import { requestSwr } from '../../swr/client'
import type { ConsoleHandlers } from '../handler'
import { decideRepository, decisionsOf, requireReadable } from './decided'
import { nameOf, paramsOf, readRetentions, shownOf } from './place'
import { inTurn, requireSame, saveRule } from './save'

/** Of a log line; null where SWR says none that can be read. */
function momentOf(text: string | undefined): string | null {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

export const basicRetentionHandlers: ConsoleHandlers<
  | 'basicRetentionShow'
  | 'basicRetentionDecide'
  | 'basicRetentionSave'
  | 'basicRetentionRemove'
  | 'basicRetentionLogShow'
> = {
  async basicRetentionShow({ actor, params: { connection }, query }) {
    return { retention: shownOf(await readRetentions(actor, { connection, ...query })) }
  },

  async basicRetentionDecide({ actor, known, params: { connection }, body: { rule, organization, repository } }) {
    requireReadable(rule)
    const place = { connection, organization, repository }
    const held = await readRetentions(actor, place)
    const [first] = held
    const before = first && shownOf(held)?.others === 0 ? readRetention(first) : null
    return decisionsOf(
      place,
      rule,
      await decideRepository({ db: known.db, actor }, place, { rule, before, fresh: false }),
    )
  },

  basicRetentionSave: saveRule,

  async basicRetentionRemove(asked) {
    const { actor, tell, params, body } = asked
    const place = { connection: params.connection, organization: body.organization, repository: body.repository }
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
