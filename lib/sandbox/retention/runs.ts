import { nextId, numberField, type Raw } from '../json-fields'
import { microTime } from '../time'
import type { Instance } from '../world'

interface Beginning {
  readonly dryRun: boolean
  readonly trigger: 'manual' | 'scheduled'
  readonly at: Date
}

/** Begins a run of a policy. Answers its id. */
export function startRetention(instance: Instance, policy: unknown, { dryRun, trigger, at }: Beginning): number {
  const id = nextId(instance.retentionExecutions, instance.issued.retentionExecution)
  instance.issued.retentionExecution = id
  const row: Raw = {
    id,
    policy_id: numberField(policy, 'id'),
    dry_run: dryRun,
    status: 'Succeed',
    trigger,
    start_time: microTime(at),
    end_time: microTime(at),
  }
  instance.retentionExecutions.push(row)
  return id
}
