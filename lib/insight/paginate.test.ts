import { expect, test } from 'vitest'
import { ProblemError } from '../contract/problem'
import { allCounted, dedupe, fetchAllPages } from './paginate'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** A list of so many rows, as SWR pages it; `total` is null where SWR does not say one. */
function listOf(count: number, total: number | null = count, failsAt = -1) {
  const asked: number[] = []
  let [now, atOnce] = [0, 0]
  const ask = async ({ offset, limit }: { offset: number; limit: number }) => {
    asked.push(offset)
    now += 1
    atOnce = Math.max(atOnce, now)
    await Promise.resolve()
    now -= 1
    if (offset === failsAt) throw new ProblemError({ status: 502, code: 'swr_failed' })
    return { rows: numbers(count).slice(offset, offset + limit), total: total ?? undefined }
  }
  return { ask, asked, atOnce: () => atOnce }
}

test.each([
  [0, [0]],
  [99, [0]],
  [100, [0, 100]],
  [101, [0, 100]],
  [450, [0, 100, 200, 300, 400]],
])('a list of %i is read whole and in order', async (count, offsets) => {
  const { ask, asked } = listOf(count)
  expect(await fetchAllPages(ask, { maxRows: 1000 })).toEqual({
    rows: numbers(count),
    complete: true,
    total: count,
    problem: null,
  })
  expect(asked).toEqual(offsets)
})

test.each([null, 0, 100, 5000])('a total of %s is not believed', async (total) => {
  const { ask } = listOf(750, total)
  expect(await fetchAllPages(ask, { maxRows: 1000 })).toEqual({
    rows: numbers(750),
    complete: true,
    total: total ?? undefined,
    problem: null,
  })
})

test('a page that comes short is not the last one while SWR counts more', async () => {
  const pages = [numbers(99), numbers(100), numbers(50), []]
  const ask = async ({ offset }: { offset: number }) => ({ rows: pages[offset / 100] ?? [], total: 250 })
  const all = await fetchAllPages(ask, { maxRows: 1000 })
  expect([all.rows.length, all.complete]).toEqual([249, true])
  expect(allCounted(all).complete).toBe(false)
})

test.each([
  [50, 120, false],
  [120, 120, true],
  [120, 50, true],
  [120, null, true],
])(
  'where it decides on deletion, a list of %i rows of which SWR counts %s is all of it: %s',
  async (count, total, all) => {
    const pages = await fetchAllPages(listOf(count, total).ask, { maxRows: 1000 })
    expect([pages.complete, allCounted(pages).complete]).toEqual([true, all])
  },
)

test('some pages are asked for at once, and no more', async () => {
  const { ask, atOnce } = listOf(2000)
  await fetchAllPages(ask, { parallel: 3, maxRows: 5000 })
  expect(atOnce()).toBe(3)
})

test('enough is enough', async () => {
  const { ask, asked } = listOf(1000)
  const { rows, complete } = await fetchAllPages(ask, { maxRows: 250 })
  expect([rows.length, complete]).toEqual([250, false])
  expect(Math.max(...asked)).toBe(200)
  expect(await fetchAllPages(listOf(60).ask, { maxRows: 50 })).toMatchObject({ complete: false })
  expect(await fetchAllPages(listOf(200).ask, { maxRows: 200 })).toMatchObject({ complete: true })
  expect(await fetchAllPages(listOf(300, 50).ask, { maxRows: 200 })).toMatchObject({ complete: false })
  expect(await fetchAllPages(listOf(200, null).ask, { maxRows: 100 })).toMatchObject({ complete: false })
})

test('what stops it half-way is said, and what came before it is shown', async () => {
  const { ask } = listOf(750, 750, 300)
  const { rows, complete, problem } = await fetchAllPages(ask, { maxRows: 1000 })
  expect([rows, complete, problem?.code]).toEqual([numbers(300), false, 'swr_failed'])
})

test('without a first page there is nothing to show', async () => {
  await expect(fetchAllPages(listOf(5, 5, 0).ask, { maxRows: 1000 })).rejects.toMatchObject({
    problem: { code: 'swr_failed' },
  })
})

test('a row that two pages showed is there once; one without an id always', () => {
  const rows = [{ id: 1 }, {}, { id: 2 }, { id: 1 }, {}]
  expect(dedupe({ rows, complete: true, problem: null }).rows).toEqual([{ id: 1 }, {}, { id: 2 }, {}])
})
