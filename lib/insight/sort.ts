import 'server-only'
import { slicesWithoutEnd } from './time-slice'

const partLength = 500

/** One sorted list out of two, step by step; of equal items those of `one` come first. */
function* merged<Item>(
  one: readonly Item[],
  other: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Generator<undefined, readonly Item[], void> {
  const [last, first] = [one.at(-1), other[0]]
  if (last === undefined || first === undefined || compare(last, first) <= 0) return [...one, ...other]
  const all: Item[] = []
  let [at, next] = [0, 0]
  while (at < one.length && next < other.length) {
    const [a, b] = [one[at], other[next]]
    if (a === undefined || b === undefined) break
    if (compare(a, b) <= 0) {
      all.push(a)
      at += 1
    } else {
      all.push(b)
      next += 1
    }
    yield
  }
  return [...all, ...one.slice(at), ...other.slice(next)]
}

/** Sorts while others are served: in parts, which are merged. What is in order already costs little. */
export async function sorted<Item extends object>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Promise<readonly Item[]> {
  const slices = slicesWithoutEnd()
  let parts: (readonly Item[])[] = []
  for (let from = 0; from < items.length; from += partLength) {
    if (slices.isOver()) await slices.breathe()
    parts.push(items.slice(from, from + partLength).sort(compare))
  }
  while (parts.length > 1) {
    const pairs: (readonly Item[])[] = []
    for (let index = 0; index < parts.length; index += 2)
      pairs.push(await slices.finish(merged(parts[index] ?? [], parts[index + 1] ?? [], compare)))
    parts = pairs
  }
  return parts[0] ?? []
}
