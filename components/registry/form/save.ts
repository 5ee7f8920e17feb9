import { useQueryClient } from '@tanstack/react-query'
import { useSaving } from '@/components/form/use-save'
import type { Registry, RegistryBody } from '@/lib/contract/swr/registry'
import { swrQuery, useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'
import { useRegistryNow } from './use-registry-now'

/** Adds a registry, or saves it when there is one. */
export function useRegistrySave(at: InstanceAt, registry: Registry | undefined) {
  const cache = useQueryClient()
  const readNow = useRegistryNow(at)
  const params = { instance_id: at.instance }
  const create = useSwrMutation(at.connection, 'registryCreate', { stale: ['registryList', 'instanceStatistics'] })
  const update = useSwrMutation(at.connection, 'registryUpdate', { stale: ['registryList', 'registryShow'] })
  const id = registry?.id
  const save = async (body: RegistryBody, why: { readonly reason?: string }) => {
    if (registry === undefined) return await create.mutateAsync({ params, body, ...why })
    const target = { params: { ...params, registry_id: String(id) }, ifMatch: registry.content_hash }
    return await update.mutateAsync({ ...target, body, ...why })
  }
  return useSaving({
    async send(body: RegistryBody, why) {
      const written = await save(body, why)
      // The secret does not stay in memory longer than it is needed.
      create.reset()
      update.reset()
      return written
    },
    readNow: id === undefined ? null : () => readNow(id),
    async isTaken({ name }) {
      const query = { offset: 0, limit: 100, ...(name !== undefined && { name }) }
      const found = await cache
        .query({ ...swrQuery(at.connection, 'registryList', { params, query }), staleTime: 0 })
        .catch(() => undefined)
      return found?.registries.some((other) => other.name === name && other.id !== id) ?? false
    },
    taken: 'registry_taken',
  })
}
