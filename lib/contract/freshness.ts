import { z } from 'zod'

export const moment = z.iso.datetime()

/** How much of an instance was looked at, and when. */
export const freshness = z.object({
  /** When its reading began; the age of what is shown. */
  at: moment,
  /** False: some of it could not be read, or a limit cut it off. */
  complete: z.boolean(),
  /** A new look is under way. */
  refreshing: z.boolean(),
})
