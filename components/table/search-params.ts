import { parseAsInteger, parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from 'nuqs/server'

/** Page sizes that divide SWR's rule "offset is a multiple of limit" and its largest page (docs/swr-api.md section 7). */
export const pageSizes = [10, 20, 50, 100] as const

/** What every list keeps in its address. `page` counts from 1. */
export const pagingAddress = {
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(20),
}

export const searchAddress = { q: parseAsString.withDefault('') }

/** Column and direction; the parser's default is the list's own first order. */
export const sortAddress = <const Column extends string>(
  columns: readonly Column[],
  first: { sort: NoInfer<Column>; order: 'asc' | 'desc' },
) => ({
  sort: parseAsStringLiteral(columns).withDefault(first.sort),
  order: parseAsStringLiteral(['asc', 'desc']).withDefault(first.order),
})

/** Offset and limit for a page of an address; a page below 1 is the first. */
export const pageWindow = ({ page, size }: { page: number; size: number }) => ({
  offset: (Math.max(page, 1) - 1) * size,
  limit: size,
})
