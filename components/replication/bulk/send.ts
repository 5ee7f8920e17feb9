import type { Replication } from '@/lib/contract/swr/replication'
import { withEnabled } from '@/lib/policy/replication/request'
import { useApiWrites, useFreshRead } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { type BulkAct, type Sent, startBulk } from './job'

/** Sends an act for each of many policies, by the same operations as for one of them. */
export function useBulk(at: InstanceLocation) {
  const { send, refresh } = useApiWrites({
    stale: ['replicationShow', 'executionList', 'instanceStatistics'],
  })
  const read = useFreshRead()

  async function sendOne(act: BulkAct, policy: Replication, reason: string): Promise<Sent> {
    const { id = 0, content_hash: ifMatch, enabled } = policy
    const why = reason === '' ? {} : { reason }
    const params = { connection: at.connection, instance_id: at.instance, policy_id: String(id) }
    if (act === 'delete') {
      await send('replicationDelete', { params, ifMatch, ...why })
      return { state: 'done' }
    }
    if (act === 'run') {
      if (enabled === false) return { state: 'refused', why: 'disabled' }
      const body = { policy_id: id }
      const { id: run } = await send('executionStart', {
        params: { connection: at.connection, instance_id: at.instance },
        body,
        ...why,
      })
      return { state: 'done', run }
    }
    if ((enabled === true) === (act === 'enable')) return { state: 'already' }
    const body = withEnabled(policy, act === 'enable')
    await send('replicationUpdate', { params, body, ifMatch, ...why })
    return { state: 'done' }
  }

  return (act: BulkAct, policies: readonly Replication[], reason: string, again = false) =>
    startBulk({
      at,
      act,
      policies,
      again,
      ended: refresh,
      async work(policy, again) {
        if (!again || policy.id === undefined) return sendOne(act, policy, reason)
        // What was refused because it had changed would be refused for ever.
        const params = { connection: at.connection, instance_id: at.instance, policy_id: String(policy.id) }
        const current = await read('replicationShow', { params })
        if (current) return sendOne(act, current, reason)
        return act === 'delete' ? { state: 'done' } : { state: 'refused', why: 'gone' }
      },
    })
}
