import type { Route } from 'next'

/** What can be done with a row: a place to go or an act. Destructive ones come last and are set apart. */
export interface RowAction {
  readonly label: string
  readonly href?: Route
  readonly run?: () => void
  readonly destructive?: boolean
  /** Why it cannot be done now; the entry stays visible. */
  readonly disabledReason?: string | undefined
}
