import { enterpriseRefusal } from '../errors'
import { numberField } from '../json-fields'
import type { Instance } from '../world'

const missing = (what: string) => enterpriseRefusal('missing', `${what} not found`)

function executionAt(instance: Instance, policy: number, id: number): unknown {
  const row = instance.retentionExecutions.find(
    (candidate) => numberField(candidate, 'id') === id && numberField(candidate, 'policy_id') === policy,
  )
  if (row === undefined) throw missing(`retention execution ${id}`)
  return row
}

export function retentionTaskRows(instance: Instance, policy: number, execution: number): readonly unknown[] {
  executionAt(instance, policy, execution)
  return instance.retentionTasks[execution] ?? []
}

export function retentionSubtaskRows(
  instance: Instance,
  policy: number,
  execution: number,
  task: number,
): readonly unknown[] {
  const tasks = retentionTaskRows(instance, policy, execution)
  if (!tasks.some((row) => numberField(row, 'id') === task))
    throw missing(`task ${task} of retention execution ${execution}`)
  return instance.retentionSubtasks[task] ?? []
}
