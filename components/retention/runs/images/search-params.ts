import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { searchAddress } from '@/components/table/search-params'
import type { RetentionRunState } from '@/lib/contract/console/retention-vocabulary'

export const imageFilters = ['all', 'delete', 'keep', 'unknown', 'differs', 'in_use', 'failed'] as const
export type ImageFilter = (typeof imageFilters)[number]

/** What the table of images is narrowed to; without a filter it depends on how the run stands. */
export const imageAddress = {
  ...searchAddress,
  filter: parseAsStringLiteral(imageFilters),
  repository: parseAsString,
}

type Address = Omit<ImageView, 'filter'> & { readonly filter: ImageFilter | null }

/** What goes is what one comes for. */
export const dryRunView = (address: Address): ImageView => ({ ...address, filter: address.filter ?? 'delete' })

/** Until a run is done nothing of it is deleted: all that it holds is to be. */
export const runView = (address: Address, { state }: { readonly state: RetentionRunState }): ImageView => ({
  ...address,
  filter: address.filter ?? (state === 'done' ? 'delete' : 'all'),
})

/** All that failed, wherever it is. */
export const failedView = { filter: 'failed', q: null, repository: null } as const

export interface ImageView {
  readonly q: string
  readonly filter: ImageFilter
  readonly repository: string | null
}

/** The same as a question to the server, without a page. */
export const imageQuery = ({ q, filter, repository }: ImageView) => ({
  filter,
  ...(q && { search: q }),
  ...(repository && { repository }),
})

/** Rows that are asked for at once. */
export const imagePage = 200
export const imagePageQuery = (view: ImageView, page: number) => ({
  ...imageQuery(view),
  offset: page * imagePage,
  limit: imagePage,
})
