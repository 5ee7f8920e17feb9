import 'server-only'
import type { PolicyRow } from '../../../contract/console/insight'
import { remoteOf } from '../../../policy/replication/request'
import { callConsole } from '../../console'
import type { PublicHandlers } from '../request'
import { stateOfExecution, timeOf, wholeRunId } from './run-state'

function policyOf({ policy, last, result, next, missed }: PolicyRow) {
  const { direction, registry, name } = remoteOf(policy)
  return {
    id: policy.id ?? 0,
    name: policy.name ?? '',
    description: policy.description ?? '',
    enabled: policy.enabled ?? null,
    direction,
    trigger: policy.trigger?.type ?? null,
    registry: registry === undefined ? null : { id: registry, name: name ?? null },
    result,
    last: last && {
      id: wholeRunId(policy.id ?? 0, last.id ?? 0),
      state: result === 'hanging' ? ('hanging' as const) : stateOfExecution(last),
      started: timeOf(last.created_at),
      updated: timeOf(last.updated_at),
    },
    next,
    missed,
  }
}

export const policyHandlers: PublicHandlers<'policyList'> = {
  async policyList({ actor, params, query }) {
    const { rows, total, at, complete } = await callConsole(actor, 'replicationIndex', { params, query })
    return { items: rows.map(policyOf), total, at, complete }
  },
}
