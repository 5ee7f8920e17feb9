/**
 * Rows that the control port puts into an instance are kept verbatim, so any of them may be anything: null, a number, an
 * object with odd properties. These readers are the only way the sandbox looks into one.
 */
export type Raw = Record<string, unknown>

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const field = (row: unknown, name: string): unknown => (isRaw(row) ? row[name] : undefined)

export function textField(row: unknown, name: string): string {
  const value = field(row, name)
  return typeof value === 'string' ? value : ''
}

export function numberField(row: unknown, name: string): number | undefined {
  const value = field(row, name)
  return typeof value === 'number' ? value : undefined
}

export function listField(row: unknown, name: string): readonly unknown[] {
  const value = field(row, name)
  return Array.isArray(value) ? value : []
}

export const rawField = (row: unknown, name: string): Raw => {
  const value = field(row, name)
  return isRaw(value) ? value : {}
}

/** One above every id that is there or was ever issued: ids of deleted rows are not given again. */
export const nextId = (rows: readonly unknown[], issued: number) =>
  rows.reduce((highest: number, row) => Math.max(highest, numberField(row, 'id') ?? 0), issued) + 1
