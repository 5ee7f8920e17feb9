import { parseAsBoolean } from 'nuqs/server'
import { type pageSizes, pageWindow, pagingAddress } from '@/components/table/search-params'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import type { ApiInput } from '@/lib/query/operations'
import type { InstanceLocation } from '@/lib/routes'

/** Which copies of the archive are listed. */
export const archiveAddress = { ...pagingAddress, overdue: parseAsBoolean.withDefault(false) }

export interface ArchiveView {
  page: number
  size: (typeof pageSizes)[number]
  overdue: boolean
}

export const instanceParams = ({ connection, instance }: InstanceLocation) => ({ connection, instance_id: instance })

export const archiveInput = (at: InstanceLocation, view: ArchiveView): ApiInput<'archiveCopyList'> => ({
  params: instanceParams(at),
  query: { ...pageWindow(view), ...(view.overdue && { overdue: 'true' as const }) },
})

export type Copy = ConsoleOutput<'archiveCopyList'>['copies'][number]

/** An image of a run: the archive has no numbers of its own. */
export const copyKey = ({ run, index }: Pick<Copy, 'run' | 'index'>) => `${run}-${index}`

/** An image by its tags, or by a part of its digest. */
export const nameOf = ({ repository, tags, digest }: Copy) =>
  tags.length > 0 ? `${repository}:${tags.join(', ')}` : `${repository}@${digest.slice(0, 19)}`
