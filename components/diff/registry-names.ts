import { useQuery } from '@tanstack/react-query'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

/** Names of an instance's registries by their number, as far as they are known; asked for only where `wanted`. */
export function useRegistryNames(at: InstanceLocation | undefined, wanted: boolean): ReadonlyMap<number, string> {
  const { connection = '', instance = '' } = at ?? {}
  const enabled = wanted && instance !== ''
  const { data } = useQuery({ ...apiQuery('registryList', allRegistries({ connection, instance })), enabled })
  return new Map(data?.registries.flatMap(({ id, name }) => (id && name ? [[id, name] as const] : [])))
}
