import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { searchAddress } from '@/components/table/search-params'

export const imageFilters = ['all', 'delete', 'keep', 'unknown', 'differs', 'in_use', 'failed'] as const
export type ImageFilter = (typeof imageFilters)[number]

/** What the table of images is narrowed to. What goes is what one comes for. */
export const imageAddress = {
  ...searchAddress,
  filter: parseAsStringLiteral(imageFilters).withDefault('delete'),
  repository: parseAsString,
}

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
