import { expect, test } from 'vitest'
import { fetchBasicPages } from './basic-pages'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** A list of so many rows whose pages hold `most` at most, whatever is asked for. */
function listOf(count: number, { total = count as number | undefined, most = 1000 } = {}) {
  const asked: number[] = []
  const ask = async ({ offset, limit }: { offset: number; limit: number }) => {
    asked.push(offset)
    return { items: numbers(count).slice(offset, offset + Math.min(limit, most)), total }
  }
  return { ask, asked }
}

test.each([
  [0, [0]],
  [999, [0]],
  [1000, [0, 1000]],
  [2500, [0, 1000, 2000]],
])('a list of %i takes no more pages than it has', async (count, offsets) => {
  const { ask, asked } = listOf(count)
  expect(await fetchBasicPages(ask, 10)).toEqual({ rows: numbers(count), complete: true })
  expect(asked).toEqual(offsets)
})

test('a page that holds less than was asked for is not the end while SWR says that there is more', async () => {
  const { ask, asked } = listOf(250, { most: 100 })
  expect(await fetchBasicPages(ask, 10)).toEqual({ rows: numbers(250), complete: true })
  expect(asked).toEqual([0, 100, 200])
})

test.each([undefined, 0, 10, 5000])('a total of %s is not believed against the rows', async (total) => {
  expect(await fetchBasicPages(listOf(1200, { total }).ask, 10)).toEqual({ rows: numbers(1200), complete: true })
})

test('what lies behind the last page that may be read is said to be there', async () => {
  const { rows, complete } = await fetchBasicPages(listOf(2500).ask, 2)
  expect([rows.length, complete]).toEqual([2000, false])
})
