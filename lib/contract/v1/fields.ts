import { z } from 'zod'

/*
 * Values of an address: they arrive as text. Each ends in the plain schema of what it means, which is what the API's
 * document shows.
 */

export const queryNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'not_a_number')
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))

export const queryFlag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .pipe(z.boolean())

export const maxPage = 200
export const page = {
  offset: queryNumber(0, Number.MAX_SAFE_INTEGER)
    .default(0)
    .meta({ description: 'How many to leave out at the beginning.' }),
  limit: queryNumber(1, maxPage).default(50).meta({ description: 'How many to answer at most.' }),
}

export const maxWaitSeconds = 60
export const waiting = {
  wait: queryNumber(0, maxWaitSeconds)
    .default(0)
    .meta({ description: 'Seconds to wait: for a change since `since`, or without it for the end.' }),
  since: queryNumber(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: '`version` of an earlier answer: `wait` ends as soon as there is another one.' }),
}

export const version = z
  .number()
  .meta({ description: 'Changes with what the answer says. Only good for comparing, and as `since`.' })

/** `{items, total}` */
export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), total: z.number() })

export const created = z.object({ id: z.string(), url: z.string().meta({ description: 'Where to follow it.' }) })
