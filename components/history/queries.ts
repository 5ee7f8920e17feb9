import { parseAsInteger } from 'nuqs/server'
import { pageWindow } from '@/components/table/search-params'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { InstanceLocation, ObjectLocation } from '@/lib/routes'

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

export const deletedInput = ({ connection, instance }: InstanceLocation): ConsoleInput<'deletedList'> => ({
  params: { connection, instance_id: instance, kind: 'replication' },
})
