import type { basicRetentionOperations } from '../../contract/swr/basic-retention'
import { nextBasicId } from '../basic/places'
import { applyBasicRetention, basicRuleComplaint, retentionsOf } from '../basic/retention'
import { basicFilter, basicPage } from '../basic-query'
import { basicRefusal } from '../errors'
import { listField, numberField, type Raw, textField } from '../json-fields'
import type { World } from '../world'
import { basicRepositoryOf, type Call, type Handlers } from './handler'

type OneRule = Call<'basicRetentionUpdate' | 'basicRetentionDelete'>

/** The rule that a path names, or the documented 400. */
function kept(world: World, call: OneRule) {
  const { organization, repository } = basicRepositoryOf(world, call, 'wrapped')
  const id = Number(call.param('retention_id'))
  const found = retentionsOf(world, organization, repository).find(({ row }) => numberField(row, 'id') === id)
  if (!found) throw basicRefusal('retentionMissing', String(id), 'wrapped')
  return { organization, repository, found }
}

function checkRules(body: Raw) {
  for (const rule of listField(body, 'rules')) {
    const complaint = basicRuleComplaint(rule)
    if (complaint) throw basicRefusal('invalid', complaint, 'wrapped')
  }
}

/** The log goes back about three months. */
const logDays = 92

const stored = (body: Raw, id: number): Raw => ({ algorithm: 'or', id, rules: listField(body, 'rules'), scope: '' })
const templatesOf = (row: Raw) => listField(row, 'rules').map((rule) => textField(rule, 'template'))

export const basicRetentionHandlers: Handlers<typeof basicRetentionOperations> = {
  basicRetentionList(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'array')
    return { body: retentionsOf(world, organization, repository).map(({ row }) => row) }
  },
  basicRetentionCreate(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'wrapped')
    checkRules(call.body)
    if (retentionsOf(world, organization, repository).length > 0) throw basicRefusal('retentionExists', '', 'wrapped')
    const id = nextBasicId(world)
    const now = world.clock().getTime()
    const place = { project: organization.project, namespace: organization.name, repo: repository.name }
    world.basic.retentions.push({ ...place, row: stored(call.body, id), appliedTo: now })
    applyBasicRetention(world, organization, repository, now)
    return { body: { id } }
  },
  basicRetentionUpdate(world, call) {
    const { organization, repository, found } = kept(world, call)
    checkRules(call.body)
    if (templatesOf(call.body).join() !== templatesOf(found.row).join())
      throw basicRefusal('invalid', 'the template of a retention rule cannot be changed', 'wrapped')
    found.row = stored(call.body, Number(call.param('retention_id')))
    applyBasicRetention(world, organization, repository, world.clock().getTime())
    return {}
  },
  basicRetentionDelete(world, call) {
    const { found } = kept(world, call)
    world.basic.retentions.splice(world.basic.retentions.indexOf(found), 1)
    return {}
  },
  basicRetentionLogList(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'array')
    const since = world.clock().getTime() - logDays * 86_400_000
    const rows = world.basic.retentionLog
      .filter(
        ({ project, row }) => project === organization.project && textField(row, 'namespace') === organization.name,
      )
      .filter(({ row }) => textField(row, 'repo') === repository.name)
      .filter(({ row }) => Date.parse(textField(row, 'created_at')) >= since)
      .map(({ row }) => row)
      .toReversed()
    const { page, headers } = basicPage(rows, basicFilter(call.query))
    return { body: { retention_log: page, total: rows.length }, headers }
  },
}
