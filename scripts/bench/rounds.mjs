/** The value in the middle, of two the lower one. */
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]

/**
 * Takes each measurement once in turn, for several rounds, and answers the medians of its numbers: what disturbs the machine
 * for a while disturbs all of them. The first round warms up and does not count.
 */
export async function medians(rounds, measurements) {
  const taken = new Map(Object.keys(measurements).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, measure] of Object.entries(measurements)) {
      const numbers = await measure()
      if (round > 0) taken.get(name).push(numbers)
    }
  }
  return Object.fromEntries(
    [...taken].map(([name, list]) => [
      name,
      Object.fromEntries(Object.keys(list[0]).map((key) => [key, median(list.map((numbers) => numbers[key]))])),
    ]),
  )
}
