import { parseAsInteger, parseAsStringLiteral } from 'nuqs/server'
import { cellStates } from './cells'

/** What is shown of a job: one state only, and the cell that is open. */
export const jobAddress = {
  state: parseAsStringLiteral(cellStates),
  cell: parseAsInteger,
}
