import { z } from 'zod'

/** A whole number, also when it arrives as text from an address. */
export const whole = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .pipe(z.number().int().min(min).max(max))

/** Largest page of an Enterprise list (NOTES section 7). */
export const largestPage = 100

/** Enterprise paging: `offset` and `limit` go together and `offset` is a multiple of `limit` (NOTES section 1, rule 12). */
export const paging = { offset: whole(0).optional(), limit: whole(1, largestPage).optional() }

export const order = z.enum(['asc', 'desc'])

/** Strict query of an Enterprise list with its paging and ordering rules. */
export function listQuery<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject({ ...paging, ...shape }).superRefine((query: Record<string, unknown>, context) => {
    const refuse = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
    const { offset, limit } = query as { offset?: number; limit?: number }
    if ((offset === undefined) !== (limit === undefined))
      refuse(offset === undefined ? 'offset' : 'limit', 'needs_both')
    else if (offset !== undefined && limit !== undefined && offset % limit !== 0) refuse('offset', 'not_a_multiple')
    if ((query.order_column === undefined) !== (query.order_type === undefined))
      refuse(query.order_column === undefined ? 'order_column' : 'order_type', 'needs_both')
  })
}
