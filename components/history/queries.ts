import type { Route } from 'next'
import { parseAsInteger } from 'nuqs/server'
import { pageWindow } from '@/components/table/search-params'
import type { ConsoleInput, Revision } from '@/lib/contract/console/schemas'
import type { PolicyKind } from '@/lib/contract/vocabulary'
import { namespaceOfRevision } from '@/lib/policy/retention/place'
import { type InstanceLocation, type ObjectLocation, routes } from '@/lib/routes'

const size = 20

export const historyAddress = { page: parseAsInteger.withDefault(1) }

/** A page of versions and the one before its oldest, which that is compared with. */
export function historyInput(
  { connection, instance, kind, objectId }: ObjectLocation,
  page: number,
): ConsoleInput<'revisionList'> {
  const { offset } = pageWindow({ page, size })
  return {
    params: { connection, instance_id: instance, kind, object_id: objectId },
    query: { offset, limit: size + 1 },
  }
}

export const historySize = size

export const deletedInput = (
  { connection, instance }: InstanceLocation,
  kind: PolicyKind,
): ConsoleInput<'deletedList'> => ({
  params: { connection, instance_id: instance, kind },
})

/** The page that a deleted policy had, with its history; null where nobody knows its namespace. */
export function pageOfDeleted(
  at: InstanceLocation,
  kind: PolicyKind,
  { objectId, content }: Pick<Revision, 'objectId' | 'content'>,
): Route | null {
  const id = Number(objectId)
  if (kind === 'replication') return routes.replicationPolicy(at, id)
  const namespace = namespaceOfRevision(content)
  return namespace === undefined ? null : routes.retentionPolicy(at, namespace, id)
}
