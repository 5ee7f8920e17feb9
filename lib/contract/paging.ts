import { z } from 'zod'
import { maxPageSize } from './vocabulary'

/** A whole number, also when it arrives as text from an address. */
export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .pipe(z.number().int().min(min).max(max))

/** Enterprise paging: `offset` and `limit` go together and `offset` is a multiple of `limit` (docs/swr-api.md section 1, rule 12). */
export const paging = { offset: wholeNumber(0).optional(), limit: wholeNumber(1, maxPageSize).optional() }

export const order = z.enum(['asc', 'desc'])

const pairs = [
  ['offset', 'limit'],
  ['order_column', 'order_type'],
] as const

/** Strict query of any list: what SWR takes in pairs comes in pairs (docs/swr-api.md section 7). */
export function pairedQuery<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape).superRefine((query: Record<string, unknown>, context) => {
    for (const pair of pairs) {
      const [missing, both] = pair.filter((name) => query[name] === undefined)
      if (missing && !both) context.addIssue({ code: 'custom', path: [missing], message: 'needs_both' })
    }
  })
}

/** The same for an Enterprise list, with its rule for pages. */
export function listQuery<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return pairedQuery({ ...paging, ...shape }).superRefine((query: Record<string, unknown>, context) => {
    const { offset, limit } = query as { offset?: number; limit?: number }
    if (offset !== undefined && limit !== undefined && offset % limit !== 0)
      context.addIssue({ code: 'custom', path: ['offset'], message: 'not_a_multiple' })
  })
}
