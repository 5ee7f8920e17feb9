import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** What is seen of the heading where the table has little room; its tooltip and a screen reader say the whole. */
  readonly shortHeader?: string
  readonly cell: (row: Row) => ReactNode
  /** Orders that the server offers for what this column shows: the first by its heading, all of them by the menu. */
  readonly sorts?: readonly { readonly by: string; readonly label: string }[]
  /** Width where the table is one: that of its heading, which the cells follow. */
  readonly width?: string
  /** Alignment and what a phone leaves out. */
  readonly className?: string
  /** Its heading stands before the value where the table has become cards: for values that do not say what they are. */
  readonly labelled?: boolean
  /** Heading that only a screen reader needs (row menus). */
  readonly hiddenHeader?: boolean
  /** Stands in the place of the heading where the table is one: a box that chooses every row. */
  readonly headerCell?: ReactNode
  /** What a row is known by. */
  readonly rowHeader?: boolean
}
