import { z } from 'zod'

const times = { pushed: z.string().optional(), pulled: z.string().optional() }
const image = { digest: z.string().optional(), size: z.number().optional() }
const tag = <const More extends z.ZodRawShape>(more: More) =>
  z.union([
    z.string().transform((name) => ({ name })),
    z.strictObject({ name: z.string(), ...image, ...times, ...more }),
  ])

/** Repositories as the control port takes them. */
export const repositories = z.array(z.strictObject({ name: z.string(), tags: z.array(tag({})) }))

export type RepositoriesToMake = z.output<typeof repositories>

/** Of an instance, whose images may be signed, and may have no tag. */
export const instanceRepositories = z.array(
  z.strictObject({
    name: z.string(),
    tags: z.array(tag({ signatures: z.int().min(0).optional() })).default([]),
    untagged: z.array(z.strictObject({ ...image, ...times, signatures: z.int().min(0).optional() })).default([]),
  }),
)

export type InstanceRepositories = z.output<typeof instanceRepositories>
