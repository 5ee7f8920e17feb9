import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { listQuery } from '../paging'
import { flag, listOf, number, row, text } from '../parse'
import { subtaskStatuses } from '../vocabulary'

/** Neither counters nor the times that other executions have (docs/swr-api.md section 8). */
const execution = row({
  id: number,
  policy_id: number,
  dry_run: flag,
  status: text,
  trigger: text,
  start_time: text,
  end_time: text,
})
export type RetentionExecution = z.output<typeof execution>

/** One repository, by its name inside the namespace. */
const task = row({
  id: number,
  execution_id: number,
  repository: text,
  status: text,
  start_time: text,
  end_time: text,
  total: number,
  retained: number,
})
export type RetentionTask = z.output<typeof task>

/** One tag; `action` is DEL, and with Harbor RETAIN, IMMUTABLE or ERR as well. */
const subtask = row({
  id: number,
  namespace: text,
  repository: text,
  tag: text,
  digest: text,
  action: text,
  status: text,
  status_text: text,
  op_time: text,
})
export type RetentionSubtask = z.output<typeof subtask>

const byStatus = listQuery({ status: z.enum(subtaskStatuses).optional() })

export const retentionRunOperations = {
  retentionExecutionStart: operation({
    body: z.strictObject({ dry_run: z.boolean() }),
    response: row({ id: number }),
  }),
  retentionExecutionList: operation({
    query: listQuery({}),
    response: z.looseObject({ executions: listOf(execution, {}), total: number }),
  }),
  retentionTaskList: operation({
    query: byStatus,
    response: z.looseObject({ tasks: listOf(task, {}), total: number }),
  }),
  retentionSubtaskList: operation({
    query: byStatus,
    response: z.looseObject({ sub_tasks: listOf(subtask, {}), total: number }),
  }),
} satisfies Operations
