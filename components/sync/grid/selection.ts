/*
 * Choosing cells of a grid of tags and targets, by press-and-drag and by keyboard. Rows may be narrowed by a filter: a cell is known
 * by a number of its own, its place among the rows that are shown.
 */

/** Among the rows that are shown. */
export interface Place {
  readonly row: number
  readonly column: number
}

export interface Shape {
  /** Numbers of the rows that are shown, as they stand; those of a filtered grid have gaps. */
  readonly rows: readonly number[]
  readonly columns: number
}

export const cellId = ({ rows, columns }: Shape, { row, column }: Place) => (rows[row] ?? 0) * columns + column

/** Where a cell is shown; null when a filter leaves it out. */
export function placeOf({ rows, columns }: Shape, id: number): Place | null {
  const row = rows.indexOf(Math.floor(id / columns))
  return row === -1 ? null : { row, column: id % columns }
}

/** Cells between two corners. */
export function rectangle(shape: Shape, from: Place, to: Place): number[] {
  const ids: number[] = []
  for (let row = Math.min(from.row, to.row); row <= Math.max(from.row, to.row); row++)
    for (let column = Math.min(from.column, to.column); column <= Math.max(from.column, to.column); column++)
      ids.push(cellId(shape, { row, column }))
  return ids
}

export const rowCells = (shape: Shape, row: number) =>
  rectangle(shape, { row, column: 0 }, { row, column: shape.columns - 1 })

export const columnCells = (shape: Shape, column: number) =>
  shape.rows.length === 0 ? [] : rectangle(shape, { row: 0, column }, { row: shape.rows.length - 1, column })

export const allCells = ({ rows, columns }: Shape) =>
  rows.flatMap((row) => Array.from({ length: columns }, (_, column) => row * columns + column))

/** Adds all of them, or takes all away where every one is chosen. */
export function toggled(chosen: ReadonlySet<number>, ids: readonly number[]): ReadonlySet<number> {
  const next = new Set(chosen)
  const isAll = ids.every((id) => chosen.has(id))
  for (const id of ids) isAll ? next.delete(id) : next.add(id)
  return next
}

/** Rows that PageUp and PageDown go. */
const pageRows = 10

/** Where a key leads from a place, by the ARIA grid pattern; null for keys that do not move. */
export function moved({ rows, columns }: Shape, { row, column }: Place, key: string, ctrl: boolean): Place | null {
  const last = { row: rows.length - 1, column: columns - 1 }
  const target = {
    ArrowUp: { row: ctrl ? 0 : row - 1, column },
    ArrowDown: { row: ctrl ? last.row : row + 1, column },
    ArrowLeft: { row, column: ctrl ? 0 : column - 1 },
    ArrowRight: { row, column: ctrl ? last.column : column + 1 },
    PageUp: { row: row - pageRows, column },
    PageDown: { row: row + pageRows, column },
    Home: { row: ctrl ? 0 : row, column: 0 },
    End: { row: ctrl ? last.row : row, column: last.column },
  }[key]
  if (!target) return null
  return {
    row: Math.min(Math.max(target.row, 0), last.row),
    column: Math.min(Math.max(target.column, 0), last.column),
  }
}
