import { wholeNumber } from '../paging'

/** Offset and limit of a list of the console's own. */
export const pageOf = (largest: number) => ({
  offset: wholeNumber(0).default(0),
  limit: wholeNumber(1, largest).default(20),
})
