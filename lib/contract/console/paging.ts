import { whole } from '../paging'

/** Offset and limit of a list of the console's own. */
export const pageOf = (largest: number) => ({
  offset: whole(0).default(0),
  limit: whole(1, largest).default(20),
})
