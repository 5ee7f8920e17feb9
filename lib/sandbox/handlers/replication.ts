import { isDeepStrictEqual } from 'node:util'
import type { replicationOperations } from '../../contract/swr/replication'
import { enterpriseRefusal } from '../errors'
import { field, nextId, numberField, type Raw, rawField, textField } from '../json-fields'
import { named, ordered, pageOf } from '../query'
import { cronComplaint } from '../runs/cron'
import { subtaskRows, taskRows } from '../runs/rows'
import { startRun, stopRun } from '../runs/runs'
import { reviveSchedule } from '../runs/schedules'
import { checkPolicyQuota } from '../statistics'
import { microTime } from '../time'
import type { Instance } from '../world'
import { type Handlers, instanceOf } from './handler'

const invalid = (message: string) => enterpriseRefusal('invalid', message)

const withId = (rows: readonly unknown[], id: number) => rows.findIndex((row) => numberField(row, 'id') === id)

function policyIndex(instance: Instance, id: number): number {
  const index = withId(instance.policies, id)
  if (index < 0) throw enterpriseRefusal('missing', `replication policy ${id} not found`)
  return index
}

/** What no schema says: the registry exists, the schedule is one, the name is free. */
function checkPolicy(instance: Instance, body: Raw, ownId?: number) {
  const own = ownId === undefined ? undefined : instance.policies[withId(instance.policies, ownId)]
  const remote = numberField(body.src_registry ?? body.dest_registry, 'id') ?? 0
  if (withId(instance.registries, remote) < 0) throw invalid(`registry ${remote} not found`)
  const trigger = body.trigger
  // What is stored already is not looked at again (`held.ts`).
  if (textField(trigger, 'type') === 'scheduled' && !isDeepStrictEqual(trigger, field(own, 'trigger'))) {
    const cron = textField(rawField(trigger, 'trigger_settings'), 'cron')
    const complaint = cronComplaint(cron, { everyMinute: false })
    if (complaint) throw invalid(complaint)
  }
  const name = textField(body, 'name')
  if (instance.policies.some((row) => textField(row, 'name') === name && numberField(row, 'id') !== ownId))
    throw enterpriseRefusal('conflict', `replication policy ${name} already exists`)
}

/** As it will be read: the other side is this instance, defaults filled in, whatever else was sent kept. */
function stored(body: Raw, id: number, created: unknown, updated: string): Raw {
  const trigger = rawField(body, 'trigger')
  return {
    ...body,
    id,
    description: body.description ?? '',
    src_registry: body.src_registry ?? { id: 0 },
    dest_registry: body.dest_registry ?? { id: 0 },
    dest_namespace: body.dest_namespace ?? '',
    trigger: { ...trigger, trigger_settings: { cron: '', ...rawField(trigger, 'trigger_settings') } },
    override: body.override ?? false,
    created_at: created,
    updated_at: updated,
  }
}

export const replicationHandlers: Handlers<typeof replicationOperations> = {
  replicationList(world, call) {
    const registry = call.query.number('registry_id')
    const rows = named(instanceOf(world, call).policies, call.query).filter(
      (row) =>
        registry === undefined ||
        numberField(field(row, 'src_registry'), 'id') === registry ||
        numberField(field(row, 'dest_registry'), 'id') === registry,
    )
    return { body: { policies: pageOf(ordered(rows, call.query), call.query), total: rows.length } }
  },
  replicationShow(world, call) {
    const instance = instanceOf(world, call)
    return { body: instance.policies[policyIndex(instance, Number(call.param('policy_id')))] }
  },
  replicationCreate(world, call) {
    const instance = instanceOf(world, call)
    checkPolicy(instance, call.body)
    checkPolicyQuota(instance)
    const id = nextId(instance.policies, instance.issued.policy)
    instance.issued.policy = id
    const now = microTime(world.clock())
    instance.policies.push(stored(call.body, id, now, now))
    return { body: { id } }
  },
  replicationUpdate(world, call) {
    const instance = instanceOf(world, call)
    const id = Number(call.param('policy_id'))
    const index = policyIndex(instance, id)
    checkPolicy(instance, call.body, id)
    const now = microTime(world.clock())
    instance.policies[index] = stored(call.body, id, field(instance.policies[index], 'created_at') ?? now, now)
    reviveSchedule(instance, id)
    return {}
  },
  replicationDelete(world, call) {
    const instance = instanceOf(world, call)
    const id = Number(call.param('policy_id'))
    instance.policies.splice(policyIndex(instance, id), 1)
    instance.issued.policy = Math.max(instance.issued.policy, id)
    return {}
  },
  executionList(world, call) {
    const instance = instanceOf(world, call)
    const policy = call.query.number('policy_id')
    const rows = instance.executions.filter((row) => policy === undefined || numberField(row, 'policy_id') === policy)
    return { body: { executions: pageOf(ordered(rows, call.query), call.query), total: rows.length } }
  },
  executionStart(world, call) {
    const instance = instanceOf(world, call)
    const policyId = numberField(call.body, 'policy_id') ?? 0
    const policy = instance.policies[withId(instance.policies, policyId)]
    if (policy === undefined) throw invalid(`replication policy ${policyId} not found`)
    if (field(policy, 'enabled') !== true) throw invalid(`replication policy ${policyId} is disabled`)
    return { body: { id: startRun(world, instance, policy, { trigger: 'manual', at: world.clock() }) } }
  },
  executionStop(world, call) {
    stopRun(instanceOf(world, call), Number(call.param('execution_id')))
    return {}
  },
  executionTaskList(world, call) {
    const rows = taskRows(instanceOf(world, call), Number(call.param('execution_id')))
    return { body: { tasks: pageOf(rows, call.query), total: rows.length } }
  },
  executionSubtaskList(world, call) {
    const status = call.query.text('status')
    const [execution, task] = [Number(call.param('execution_id')), Number(call.param('task_id'))]
    const rows = subtaskRows(instanceOf(world, call), execution, task).filter(
      (row) => status === undefined || textField(row, 'status') === status,
    )
    return { body: { sub_tasks: pageOf(rows, call.query), total: rows.length } }
  },
}
