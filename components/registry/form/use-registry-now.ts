import { useQueryClient } from '@tanstack/react-query'
import { problemOf } from '@/lib/contract/problem'
import type { Registry } from '@/lib/contract/swr/registry'
import { swrQuery } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

/** Reads a registry anew; null when it is gone. */
export function useRegistryNow(at: InstanceAt) {
  const cache = useQueryClient()
  return async (id: number): Promise<Registry | null> => {
    const params = { instance_id: at.instance, registry_id: String(id) }
    try {
      return await cache.query({ ...swrQuery(at.connection, 'registryShow', { params }), staleTime: 0 })
    } catch (error) {
      if (problemOf(error).code === 'swr_not_found') return null
      throw error
    }
  }
}
