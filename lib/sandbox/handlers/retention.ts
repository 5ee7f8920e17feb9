import { isDeepStrictEqual } from 'node:util'
import type { retentionOperations } from '../../contract/swr/retention'
import { enterpriseRefusal } from '../errors'
import { field, isRaw, listField, numberField, type Raw, rawField, textField } from '../json-fields'
import { named, ordered, pageOf } from '../query'
import { cronComplaint } from '../runs/cron'
import type { Instance } from '../world'
import { type Call, type Handlers, instanceOf, namespaceOf } from './handler'
import { unbuilt } from './unbuilt'

const invalid = (message: string) => enterpriseRefusal('invalid', message)

/** An unknown policy is answered as SWR was seen to answer the delete beside these calls: 400 and SWR.400003. */
function retentionIndex(instance: Instance, call: Call<'retentionShow' | 'retentionUpdate'>): number {
  const namespace = namespaceOf(instance, call.param('namespace_name'))
  const id = Number(call.param('policy_id'))
  const index = instance.retentions.findIndex(
    (row) => numberField(row, 'id') === id && textField(row, 'namespace_name') === namespace.name,
  )
  if (index < 0) throw enterpriseRefusal('retentionMissing', `retention policy ${id} does not exist`)
  return index
}

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
  const rivals = instance.retentions.filter(
    (row) => row !== own && textField(row, 'namespace_name') === textField(own, 'namespace_name'),
  )
  if (rivals.some((row) => textField(row, 'name') === textField(body, 'name')))
    throw enterpriseRefusal('conflict', `retention policy ${textField(body, 'name')} already exists`)
}

/** Full replacement; the service's own keys stay, and a rule keeps the id of the rule in its place. */
function stored(body: Raw, was: unknown): Raw {
  const ids = listField(was, 'rules').map((rule) => numberField(rule, 'id'))
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
      id: ids[index] ?? 1,
    })),
    trigger: { ...trigger, trigger_settings: { cron: '', ...rawField(trigger, 'trigger_settings') } },
  }
}

export const retentionHandlers: Handlers<typeof retentionOperations> = {
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
  retentionCreate: unbuilt,
  retentionDelete: unbuilt,
  retentionExecutionStart: unbuilt,
  retentionExecutionList: unbuilt,
  retentionTaskList: unbuilt,
  retentionSubtaskList: unbuilt,
}
