import { basicRefusal } from './errors'
import type { Query } from './query'

const names = [
  'namespace',
  'name',
  'category',
  'is_public',
  'tag',
  'limit',
  'offset',
  'order_column',
  'order_type',
  'order',
] as const
export type BasicQuery = { readonly [Name in (typeof names)[number]]?: string | undefined }

/** Single parameters, or those packed into `filter` as `key::value|key::value`: when it is given, the others are ignored. */
export function basicFilter(query: Query): BasicQuery {
  const filter = query.text('filter')
  if (filter === undefined) return Object.fromEntries(names.map((name) => [name, query.text(name)]))
  return packedFilter(filter)
}

export const packedFilter = (filter: string): BasicQuery =>
  Object.fromEntries(filter.split('|').map((pair) => pair.split('::')))

const maxPageSize = 1000

/** Offset and limit are texts and go together; only then does the answer say how many there are. */
export function basicPage<Row>(
  rows: readonly Row[],
  { offset, limit }: BasicQuery,
): { page: readonly Row[]; headers: Record<string, string> } {
  if (offset === undefined && limit === undefined) return { page: rows.slice(0, 100), headers: {} }
  const [from, size] = [Number(offset ?? Number.NaN), Number(limit ?? Number.NaN)]
  if (!Number.isInteger(from) || !Number.isInteger(size) || from < 0 || size < 1 || size > maxPageSize)
    throw basicRefusal('pageSize', `offset ${offset}, limit ${limit}`)
  const page = rows.slice(from, from + size)
  return { page, headers: { 'Content-Range': `${from}-${page.length}/${rows.length}` } }
}
