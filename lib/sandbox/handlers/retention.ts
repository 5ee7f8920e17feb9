import { isDeepStrictEqual } from 'node:util'
import type { retentionOperations } from '../../contract/swr/retention'
import type { retentionRunOperations } from '../../contract/swr/retention-runs'
import { enterpriseRefusal } from '../errors'
import { field, isRaw, listField, nextId, numberField, type Raw, rawField, textField } from '../json-fields'
import { named, ordered, pageOf } from '../query'
import { cronComplaint } from '../runs/cron'
import { checkRetentionQuota } from '../statistics'
import type { Instance } from '../world'
import { type Handlers, instanceOf, namespaceOf } from './handler'

const invalid = (message: string) => enterpriseRefusal('invalid', message)

type OnePolicy = { param(name: 'namespace_name' | 'policy_id'): string }

/** An unknown policy is answered as SWR was seen to answer the delete beside these calls: 400 and SWR.400003. */
export function retentionIndex(instance: Instance, call: OnePolicy): number {
  const namespace = namespaceOf(instance, call.param('namespace_name'))
  const id = Number(call.param('policy_id'))
  const index = instance.retentions.findIndex(
    (row) => numberField(row, 'id') === id && textField(row, 'namespace_name') === namespace.name,
  )
  if (index < 0) throw enterpriseRefusal('retentionMissing', `retention policy ${id} does not exist`)
  return index
}

/** With the gate enableCombinationRetention; else one. */
const maxRules = 15

const withoutId = (rule: unknown) => (isRaw(rule) ? { ...rule, id: undefined } : rule)

/** What no schema says: the parameter belongs to the template, the schedule is one, the name is free in its namespace. */
function checkRetention(instance: Instance, body: Raw, own: unknown) {
  const known = listField(own, 'rules').map(withoutId)
  // What is stored already is not looked at again (`held.ts`).
  for (const rule of listField(body, 'rules').filter(
    (each) => !known.some((one) => isDeepStrictEqual(one, withoutId(each))),
  )) {
    const template = textField(rule, 'template')
    if (Object.keys(rawField(rule, 'params')).join() !== template) throw invalid(`params must hold ${template} alone`)
    if (rawField(rule, 'params')[template] === undefined) throw invalid(`params.${template} is required`)
  }
  if (textField(body.trigger, 'type') === 'scheduled' && !isDeepStrictEqual(body.trigger, field(own, 'trigger'))) {
    const cron = textField(rawField(body.trigger, 'trigger_settings'), 'cron')
    const complaint = cronComplaint(cron, { everyMinute: true })
    if (complaint) throw invalid(complaint)
  }
  const rules = listField(body, 'rules').map(withoutId)
  if (rules.length > maxRules) throw invalid(`a policy may have ${maxRules} rules`)
  if (rules.some((rule, index) => rules.slice(0, index).some((each) => isDeepStrictEqual(each, rule))))
    throw invalid('a policy must not have the same rule twice')
  const rivals = instance.retentions.filter(
    (row) => row !== own && textField(row, 'namespace_name') === textField(own, 'namespace_name'),
  )
  if (rivals.some((row) => textField(row, 'name') === textField(body, 'name')))
    throw enterpriseRefusal('conflict', `retention policy ${textField(body, 'name')} already exists`)
}

/** Full replacement; the service's own keys stay, and a rule keeps the id of the rule in its place. */
function stored(body: Raw, was: unknown): Raw {
  const ids = listField(was, 'rules').map((rule) => numberField(rule, 'id'))
  // Above those of the rules that stay.
  const unused = nextId(listField(was, 'rules'), 0) - ids.length
  const trigger = rawField(body, 'trigger')
  const { id, namespace_id, namespace_name } = isRaw(was) ? was : {}
  return {
    ...body,
    id,
    namespace_id,
    namespace_name,
    rules: listField(body, 'rules').map((rule, index) => ({
      disabled: false,
      ...(isRaw(rule) ? rule : {}),
      id: ids[index] ?? unused + index,
    })),
    trigger: { ...trigger, trigger_settings: { cron: '', ...rawField(trigger, 'trigger_settings') } },
  }
}

/** What they do is in retention-runs.ts. */
export const retentionHandlers: Handlers<Omit<typeof retentionOperations, keyof typeof retentionRunOperations>> = {
  retentionList(world, call) {
    const namespace = call.query.number('namespace_id')
    const rows = named(instanceOf(world, call).retentions, call.query).filter(
      (row) => namespace === undefined || numberField(row, 'namespace_id') === namespace,
    )
    return { body: { total: rows.length, retentions: pageOf(ordered(rows, call.query), call.query) } }
  },
  retentionShow(world, call) {
    const instance = instanceOf(world, call)
    return { body: instance.retentions[retentionIndex(instance, call)] }
  },
  retentionUpdate(world, call) {
    const instance = instanceOf(world, call)
    const index = retentionIndex(instance, call)
    const was = instance.retentions[index]
    checkRetention(instance, call.body, was)
    instance.retentions[index] = stored(call.body, was)
    return {}
  },
  retentionCreate(world, call) {
    const instance = instanceOf(world, call)
    const namespace = namespaceOf(instance, call.param('namespace_name'))
    checkRetention(instance, call.body, { namespace_name: namespace.name })
    if (instance.retentions.some((row) => textField(row, 'namespace_name') === namespace.name))
      throw enterpriseRefusal('conflict', `namespace ${namespace.name} has a retention policy already`)
    checkRetentionQuota(instance)
    const id = nextId(instance.retentions, instance.issued.retention)
    instance.issued.retention = id
    const own = { id, namespace_id: namespace.id, namespace_name: namespace.name }
    instance.retentions.push(stored(call.body, own))
    return { body: { id } }
  },
  retentionDelete(world, call) {
    const instance = instanceOf(world, call)
    const [removed] = instance.retentions.splice(retentionIndex(instance, call), 1)
    instance.issued.retention = Math.max(instance.issued.retention, numberField(removed, 'id') ?? 0)
    return {}
  },
}
