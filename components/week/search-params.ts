import { parseAsBoolean, parseAsInteger, parseAsStringLiteral } from 'nuqs/server'
import { pagingAddress, searchAddress } from '@/components/table/search-params'
import type { Scheduled } from '@/lib/contract/console/insight'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import { type InstanceLocation, routes } from '@/lib/routes'

export const rowKinds = ['policy', 'registry'] as const
/** Of the viewer, or of the schedules themselves. */
export type WeekZone = 'own' | 'utc'

/** The view of the week: how its strip has rows, and which of its schedules the table shows. */
export const weekAddress = {
  ...pagingAddress,
  ...searchAddress,
  by: parseAsStringLiteral(rowKinds).withDefault('policy'),
  registry: parseAsInteger,
  crowded: parseAsBoolean.withDefault(false),
}

/** The page and the browser ask it under the same key. */
export const weekInput = ({ connection, instance }: InstanceLocation): ConsoleInput<'weekShow'> => ({
  params: { connection, instance_id: instance },
})

export const weekZoneOf = (cookie: string | undefined): WeekZone => (cookie === 'utc' ? 'utc' : 'own')

/** The page of what is scheduled; a retention policy without its namespace has none. */
export function scheduleHref(
  at: InstanceLocation,
  { kind, id, namespace }: Pick<Scheduled, 'kind' | 'id' | 'namespace'>,
) {
  if (kind === 'replication') return routes.replicationPolicy(at, id)
  return namespace ? routes.retentionPolicy(at, namespace, id) : routes.retention(at)
}
