import { useQueryClient } from '@tanstack/react-query'
import { problemOf } from '@/lib/contract/problem'
import type { Replication } from '@/lib/contract/swr/replication'
import { swrQuery } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

/** Reads a policy anew; null when it is gone. */
export function useReplicationNow(at: InstanceAt) {
  const cache = useQueryClient()
  return async (id: number): Promise<Replication | null> => {
    const params = { instance_id: at.instance, policy_id: String(id) }
    try {
      return await cache.query({ ...swrQuery(at.connection, 'replicationShow', { params }), staleTime: 0 })
    } catch (error) {
      if (problemOf(error).code === 'swr_not_found') return null
      throw error
    }
  }
}
