import type { immutableRuleOperations } from '../../contract/swr/immutable-rule'
import { enterpriseRefusal } from '../errors'
import { isRaw, nextId, numberField, type Raw, textField } from '../json-fields'
import { ordered, pageOf } from '../query'
import type { Instance, Namespace } from '../world'
import { type Call, type Handlers, instanceOf, namespaceOf } from './handler'

type OfNamespace = { param(name: 'namespace_name'): string }

/** A row may say which namespace it is of by its number alone. */
const isIn = (row: unknown, { id, name }: Pick<Namespace, 'id' | 'name'>) =>
  textField(row, 'namespace_name') === ''
    ? numberField(row, 'namespace_id') === id
    : textField(row, 'namespace_name') === name

function ruleIndex(instance: Instance, call: Call<'immutableRuleUpdate' | 'immutableRuleDelete'>): number {
  const namespace = namespaceOf(instance, call.param('namespace_name'))
  const id = Number(call.param('immutable_rule_id'))
  const index = instance.immutableRules.findIndex((row) => numberField(row, 'id') === id && isIn(row, namespace))
  if (index < 0) throw enterpriseRefusal('missing', `immutable rule ${id} not found`)
  return index
}

/** Of a repository `repoMatches` alone makes sense; of a tag both spellings are taken (docs/swr-api.md section 12). */
function stored(body: Raw, id: number, instance: Instance, call: OfNamespace): Raw {
  const namespace = namespaceOf(instance, call.param('namespace_name'))
  return {
    priority: 0,
    disabled: false,
    action: 'immutable',
    template: 'immutable_template',
    ...(isRaw(body) ? body : {}),
    id,
    namespace_id: namespace.id,
    namespace_name: namespace.name,
  }
}

export const immutableRuleHandlers: Handlers<typeof immutableRuleOperations> = {
  immutableRuleList(world, call) {
    const namespace = call.query.number('namespace_id')
    const rows = instanceOf(world, call).immutableRules.filter(
      (row) => namespace === undefined || numberField(row, 'namespace_id') === namespace,
    )
    const body = { immutable_rules: pageOf(ordered(rows, call.query), call.query), total: rows.length }
    return { body, names: rows.map((row) => textField(row, 'namespace_name')) }
  },
  immutableRuleCreate(world, call) {
    const instance = instanceOf(world, call)
    const namespace = namespaceOf(instance, call.param('namespace_name'))
    if (instance.immutableRules.some((row) => isIn(row, namespace)))
      throw enterpriseRefusal('conflict', `namespace ${namespace.name} has an immutable rule already`)
    const id = nextId(instance.immutableRules, instance.issued.immutableRule)
    instance.issued.immutableRule = id
    instance.immutableRules.push(stored(call.body, id, instance, call))
    return { body: { id } }
  },
  immutableRuleUpdate(world, call) {
    const instance = instanceOf(world, call)
    const index = ruleIndex(instance, call)
    instance.immutableRules[index] = stored(call.body, Number(call.param('immutable_rule_id')), instance, call)
    return {}
  },
  immutableRuleDelete(world, call) {
    const instance = instanceOf(world, call)
    const [removed] = instance.immutableRules.splice(ruleIndex(instance, call), 1)
    instance.issued.immutableRule = Math.max(instance.issued.immutableRule, numberField(removed, 'id') ?? 0)
    return {}
  },
}
