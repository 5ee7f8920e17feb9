import { z } from 'zod'

/**
 * What a dialog says before images go for good, and what somebody else may change while it stands open. Who agrees repeats it;
 * the server refuses what is not so any more (`retention_terms_changed`).
 */
export const retentionTerms = z.strictObject({
  /** Where copies go; null: what is deleted cannot be brought back. */
  archive: z.strictObject({ registry: z.number(), namespace: z.string(), days: z.number() }).nullable(),
  /** What goes by the dry run. */
  images: z.number(),
  tags: z.number(),
  /** A second admin has to agree. */
  aboveCeiling: z.boolean(),
  /** Hash of the images to be deleted that run somewhere, and of the clusters whose list is too old. */
  inUse: z.string().max(64),
})
export type RetentionTerms = z.output<typeof retentionTerms>
