import type { retentionRunOperations } from '../../contract/swr/retention-runs'
import { numberField, textField } from '../json-fields'
import { ordered, pageOf } from '../query'
import { retentionSubtaskRows, retentionTaskRows } from '../retention/rows'
import { startRetention } from '../retention/runs'
import { waitOf } from '../runs/pace'
import { type Handlers, instanceOf } from './handler'
import { retentionIndex } from './retention'

const withStatus = (rows: readonly unknown[], status: string | undefined) =>
  rows.filter((row) => status === undefined || textField(row, 'status') === status)

export const retentionRunHandlers: Handlers<typeof retentionRunOperations> = {
  retentionExecutionStart(world, call) {
    const instance = instanceOf(world, call)
    const policy = instance.retentions[retentionIndex(instance, call)]
    // Whoever starts a run by hand does so whether or not the policy is enabled: Harbor knows no switch here.
    const { row } = startRetention(instance, policy, {
      isDryRun: call.body.dry_run === true,
      trigger: 'manual',
      at: world.clock(),
      waits: waitOf(world, instance),
    })
    return { body: { id: row.id }, names: [textField(policy, 'name')] }
  },
  retentionExecutionList(world, call) {
    const instance = instanceOf(world, call)
    const policy = numberField(instance.retentions[retentionIndex(instance, call)], 'id')
    const until = world.clock().getTime() - instance.retentionMood.listedAfter * 1000
    const rows = instance.retentionExecutions.filter(
      (row) => numberField(row, 'policy_id') === policy && !(Date.parse(textField(row, 'start_time')) > until),
    )
    return { body: { executions: pageOf(ordered(rows, call.query, 'start_time'), call.query), total: rows.length } }
  },
  retentionTaskList(world, call) {
    const instance = instanceOf(world, call)
    retentionIndex(instance, call)
    const [policy, execution] = [Number(call.param('policy_id')), Number(call.param('execution_id'))]
    const rows = withStatus(retentionTaskRows(instance, policy, execution), call.query.text('status'))
    return { body: { tasks: pageOf(rows, call.query), total: rows.length } }
  },
  retentionSubtaskList(world, call) {
    const instance = instanceOf(world, call)
    retentionIndex(instance, call)
    const [policy, execution] = [Number(call.param('policy_id')), Number(call.param('execution_id'))]
    const all = retentionSubtaskRows(instance, policy, execution, Number(call.param('task_id')))
    const rows = withStatus(all, call.query.text('status'))
    return { body: { sub_tasks: pageOf(rows, call.query), total: rows.length } }
  },
}
