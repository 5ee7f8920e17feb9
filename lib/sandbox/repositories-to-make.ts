import { z } from 'zod'

const tag = z.union([
  z.string().transform((name) => ({ name })),
  z.strictObject({
    name: z.string(),
    digest: z.string().optional(),
    size: z.number().optional(),
    pushed: z.string().optional(),
    pulled: z.string().optional(),
  }),
])
/** Repositories as the control port takes them. */
export const repositories = z.array(z.strictObject({ name: z.string(), tags: z.array(tag) }))

export type RepositoriesToMake = z.output<typeof repositories>
