import { useQueryClient } from '@tanstack/react-query'
import { useSaving } from '@/components/form/use-save'
import type { Replication, ReplicationBody } from '@/lib/contract/swr/replication'
import { swrQuery, useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'
import { useReplicationNow } from './use-replication-now'

/** Creates a policy, one that repeats another (`basis`), or saves it when there is one. */
export function useReplicationSave(at: InstanceAt, policy: Replication | undefined, basis: number | undefined) {
  const cache = useQueryClient()
  const readNow = useReplicationNow(at)
  const params = { instance_id: at.instance }
  const create = useSwrMutation(at.connection, 'replicationCreate', { stale: ['replicationList'] })
  const update = useSwrMutation(at.connection, 'replicationUpdate', { stale: ['replicationList', 'replicationShow'] })
  const id = policy?.id
  return useSaving({
    async send(body: ReplicationBody, why) {
      const repeats = basis === undefined ? {} : { basis: String(basis) }
      if (policy === undefined) return await create.mutateAsync({ params, body, ...repeats, ...why })
      const target = { params: { ...params, policy_id: String(id) }, ifMatch: policy.content_hash }
      return { ...(await update.mutateAsync({ ...target, body, ...why })), id }
    },
    readNow: id === undefined ? null : () => readNow(id),
    async isTaken({ name }) {
      const query = { offset: 0, limit: 100, ...(name !== undefined && { name }) }
      const found = await cache
        .query({ ...swrQuery(at.connection, 'replicationList', { params, query }), staleTime: 0 })
        .catch(() => undefined)
      return found?.policies.some((other) => other.name === name && other.id !== id) ?? false
    },
    taken: 'name_taken',
  })
}
