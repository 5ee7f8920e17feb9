import { z } from 'zod'

/*
 * Building blocks for what SWR answers. Reads promise nothing (docs/swr-api.md section 14): a value of an unexpected kind becomes
 * undefined on its own and never takes its row, list or page down; properties that we do not know ride along.
 */

export const text = z.string().optional().catch(undefined)
export const flag = z.boolean().optional().catch(undefined)
/**
 * Also takes a number that arrives as text, as ids and counters of Go services sometimes do. A whole number beyond 2^53 has
 * lost its last digits on the way and is none: as an id it would be another object's.
 */
export const number = z
  .union([
    z.number().refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value)),
    z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined)

/** A nested object whose fields are read with the blocks above; anything else becomes undefined. */
export const part = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.looseObject(shape).optional().catch(undefined)

/** A row of a list. What is no object at all is kept as an empty row: the list says so instead of hiding it. */
export const row = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.looseObject(shape)

/** A list of rows or texts; null and a missing list read as empty, an unreadable element becomes `fallback`. */
export const listOf = <Item extends z.ZodType>(item: Item, fallback: z.output<Item>) =>
  z
    .array(item.catch(fallback as z.core.util.NoUndefined<z.output<Item>>))
    .nullish()
    .transform((items) => items ?? [])
    .catch([])

/** Answer of an operation that documents no body. A write that took place is no failure because some JSON came with it. */
export const nothing = z.unknown().transform(() => null)
