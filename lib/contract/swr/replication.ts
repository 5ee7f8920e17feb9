import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { listQuery, order, wholeNumber } from '../paging'
import { flag, listOf, nothing, number, part, row, text } from '../parse'
import { about } from '../rules'
import { filterTypes, longestFilter, mostFilters, replicationTriggers, subtaskStatuses } from '../vocabulary'
import { contentHash, policyName, scopeMode, trigger, triggerRead, triggerShape } from './policy'
import { credentialRead } from './registry'

/** As Harbor does, the service may answer the whole registry inside of a policy. */
const side = part({ id: number, name: text, credential: credentialRead })

/** On read the registry with id 0 is this instance: push = source 0, pull = destination 0 (docs/swr-api.md section 1, rule 5). */
export const replication = row({
  id: number,
  name: text,
  description: text,
  src_registry: side,
  dest_registry: side,
  dest_namespace: text,
  // Harbor's label filters have a list as value.
  filters: listOf(row({ type: text, value: z.unknown().optional(), decoration: text }), {}),
  repo_scope_mode: text,
  trigger: triggerRead,
  override: flag,
  enabled: flag,
  created_at: text,
  updated_at: text,
  content_hash: contentHash,
})

export type Replication = z.output<typeof replication>

const anySide = z.strictObject({ id: z.number().int().min(0) })
const anyFilter = z.strictObject({
  type: z.string().optional(),
  value: z.unknown().optional(),
  decoration: z.string().optional(),
})

/** Request of create and update alike: PUT replaces the whole policy. */
export const replicationBody = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  src_registry: anySide.optional(),
  dest_registry: anySide.optional(),
  dest_namespace: z.string().optional(),
  filters: z.array(anyFilter),
  repo_scope_mode: z.string().optional(),
  trigger: triggerShape.optional(),
  override: z.boolean().optional(),
  enabled: z.boolean(),
})

export type ReplicationBody = z.output<typeof replicationBody>

const remote = z.strictObject({ id: z.number().int().min(1) })

/** A decoration belongs to the value it came with (docs/swr-api.md section 8). */
const filter = z
  .strictObject({
    type: z.enum(filterTypes),
    value: z.string().min(1).max(longestFilter, 'too_long'),
    decoration: z.string().optional(),
  })
  .refine(({ decoration }) => decoration === undefined || decoration === 'matches', { error: 'decoration_new' })

/** What may be asked for: exactly one registry, the remote one. */
export const replicationRules = replicationBody
  .extend({
    name: policyName,
    src_registry: remote.optional(),
    dest_registry: remote.optional(),
    filters: z.array(filter).min(1).max(mostFilters),
    repo_scope_mode: scopeMode,
    trigger: trigger(replicationTriggers, 'replication'),
  })
  .refine((body) => (body.src_registry === undefined) !== (body.dest_registry === undefined), {
    ...about(['dest_registry'], ['src_registry']),
    error: 'exactly_one_registry',
    // Also while other fields break a rule: theirs may be as they were read.
    when: () => true,
  })

/** Counters count tasks, which are repositories, not tags (docs/swr-api.md section 8). */
export const execution = row({
  id: number,
  policy_id: number,
  status: text,
  status_text: text,
  total: number,
  failed: number,
  succeed: number,
  in_progress: number,
  stopped: number,
  trigger: text,
  created_at: text,
  updated_at: text,
})

export type Execution = z.output<typeof execution>

/** One repository of a run. The service spells its revision with capitals (docs/swr-api.md section 8). */
const task = row({
  id: number,
  execution_id: number,
  resource_type: text,
  src_resource: text,
  dst_resource: text,
  operation: text,
  job_id: text,
  status: text,
  StatusRevision: number,
  start_time: text,
  end_time: text,
})

export type ExecutionTask = z.output<typeof task>

/** One tag of a task. */
const subtask = row({
  id: number,
  job_id: text,
  namespace: text,
  repository: text,
  tag: text,
  digest: text,
  status: text,
  status_text: text,
  start_time: text,
  end_time: text,
})

export type ExecutionSubtask = z.output<typeof subtask>

export const replicationOperations = {
  replicationList: operation({
    query: listQuery({
      order_column: z.enum(['created_at', 'updated_at', 'name']).optional(),
      order_type: order.optional(),
      name: z.string().optional(),
      registry_id: wholeNumber(1).optional(),
    }),
    response: z.looseObject({ policies: listOf(replication, { filters: [], content_hash: '' }), total: number }),
  }),
  replicationShow: operation({ response: replication }),
  replicationCreate: operation({
    body: replicationBody,
    rules: replicationRules,
    response: z.looseObject({ id: number }),
  }),
  replicationUpdate: operation({ body: replicationBody, rules: replicationRules, response: nothing }),
  replicationDelete: operation({ response: nothing }),
  executionList: operation({
    query: listQuery({ policy_id: wholeNumber(0).optional() }),
    response: z.looseObject({ executions: listOf(execution, {}), total: number }),
  }),
  executionStart: operation({
    body: z.strictObject({ policy_id: z.number().int().min(1) }),
    response: z.looseObject({ id: number }),
  }),
  executionStop: operation({ response: nothing }),
  executionTaskList: operation({
    query: listQuery({}),
    response: z.looseObject({ tasks: listOf(task, {}), total: number }),
  }),
  executionSubtaskList: operation({
    query: listQuery({ status: z.enum(subtaskStatuses).optional() }),
    response: z.looseObject({ sub_tasks: listOf(subtask, {}), total: number }),
  }),
} satisfies Operations
