import { enterpriseRefusal } from './errors'
import { field } from './json-fields'

/** Query of a request after the API description accepted it; names that it does not know are not in here. */
export class Query {
  constructor(private readonly values: ReadonlyMap<string, string | number | boolean>) {}

  text(name: string): string | undefined {
    const value = this.values.get(name)
    return typeof value === 'string' ? value : undefined
  }

  number(name: string): number | undefined {
    const value = this.values.get(name)
    return typeof value === 'number' ? value : undefined
  }

  flag(name: string): boolean | undefined {
    const value = this.values.get(name)
    return typeof value === 'boolean' ? value : undefined
  }
}

const invalid = (message: string) => enterpriseRefusal('invalid', message)

/** Offset and limit go together, and an offset is a multiple of its limit except in the list of instances. */
export function pageOf<Row>(rows: readonly Row[], query: Query, { size = 10, anyOffset = false } = {}): readonly Row[] {
  const offset = query.number('offset')
  const limit = query.number('limit')
  if ((offset === undefined) !== (limit === undefined)) throw invalid('offset and limit must be used together')
  if (offset === undefined || limit === undefined) return rows.slice(0, size)
  if (!anyOffset && offset % limit !== 0) throw invalid('offset must be 0 or a multiple of limit')
  return rows.slice(offset, offset + limit)
}

/** Sorted by a column of its rows, newest first unless asked otherwise; equal rows keep a stable order by id. */
export function ordered<Row>(rows: readonly Row[], query: Query, otherwise = 'created_at'): readonly Row[] {
  const column = query.text('order_column')
  const type = query.text('order_type')
  if (type !== undefined && column === undefined) throw invalid('order_type must be used together with order_column')
  const direction = type === 'asc' ? 1 : -1
  const by = column ?? otherwise
  return rows
    .map((row) => ({ row, key: String(field(row, by) ?? ''), id: Number(field(row, 'id') ?? 0) }))
    .sort((a, b) => direction * (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id))
    .map(({ row }) => row)
}

/** Fuzzy search: the text occurs anywhere in the name. */
export function named<Row>(rows: readonly Row[], query: Query): readonly Row[] {
  const text = query.text('name')
  return text ? rows.filter((row) => String(field(row, 'name') ?? '').includes(text)) : rows
}
