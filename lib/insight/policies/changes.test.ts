import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProblemError } from '../../contract/problem'
import { applyChanges, type ChangingRow, type Listing } from './changes'
import { type KeptList, readList, refreshList } from './kept-list'

interface Row extends ChangingRow {
  readonly id: number
  readonly created_at: string
  readonly updated_at: string
}

const start = Date.UTC(2026, 4, 1)
const time = (minutes: number) => new Date(start + minutes * 60_000).toISOString()
const rowOf = (id: number, minutes: number, text = 'first'): Row => ({
  id,
  created_at: time(id),
  updated_at: time(minutes),
  content_hash: `${id} ${text}`,
})

/** A list as SWR keeps it, with a count of the requests. */
class Service {
  calls = 0
  constructor(public rows: Row[]) {}

  private answer(rows: readonly Row[], { offset, limit }: { offset: number; limit: number }) {
    this.calls += 1
    return Promise.resolve({ rows: rows.slice(offset, offset + limit), total: this.rows.length })
  }
  readonly listing: Listing<Row> = {
    byCreation: (page) =>
      this.answer(
        this.rows.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id),
        page,
      ),
    byChange: (page) =>
      this.answer(
        this.rows.toSorted((a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at) || b.id - a.id),
        page,
      ),
  }

  /** Requests that `work` takes. */
  async count<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
    const before = this.calls
    const result = await work()
    return [result, this.calls - before]
  }
}

/** Ids from 1 on, changed in some other order than made. */
const service = (count: number) =>
  new Service(Array.from({ length: count }, (_, index) => rowOf(index + 1, (index * 7919) % 20_000)))
const change = ({ rows }: Service, id: number, minutes: number, text: string) => {
  const index = rows.findIndex((row) => row.id === id)
  rows[index] = rowOf(id, minutes, text)
}
const remove = (list: Service, ...ids: number[]) => {
  list.rows = list.rows.filter(({ id }) => !ids.includes(id))
}
const look = (list: Service, before: KeptList<Row>, written = false) =>
  list.count(() => refreshList(list.listing, before, written))

describe('a list that is brought up to date', () => {
  test('takes one request when nothing has changed, and is the same list', async () => {
    const list = service(2_500)
    const before = await readList(list.listing.byCreation, undefined)
    expect([before.rows.length, before.complete, list.calls]).toEqual([2_500, true, 26])
    const [after, calls] = await look(list, before)
    expect(calls).toBe(1)
    expect(after.rows).toBe(before.rows)
  })

  test('takes one request for what is new or changed; the other rows stay as they are', async () => {
    const list = service(2_500)
    const before = await readList(list.listing.byCreation, undefined)
    change(list, 700, 20_001, 'second')
    list.rows.push(rowOf(2_501, 20_002))
    const [after, calls] = await look(list, before)
    expect(calls).toBe(1)
    expect(after.rows).toEqual(list.rows)
    expect(after.rows.filter((row, index) => row === before.rows[index])).toHaveLength(2_499)
  })

  test('finds the few that are gone without reading everything', async () => {
    const list = service(2_500)
    const before = await readList(list.listing.byCreation, undefined)
    remove(list, 1, 1_234, 2_500)
    list.rows.push(rowOf(2_501, 20_002))
    const [after, calls] = await look(list, before)
    expect(after.rows).toEqual(list.rows)
    expect(calls).toBeLessThan(16)
  })

  test('is read as a whole where SWR sorts by something that looks like changes', async () => {
    // Listed as made, the newest first, and never edited: times of change fall all the same.
    const list = new Service(Array.from({ length: 400 }, (_, index) => rowOf(index + 1, index + 1)))
    const listing = {
      ...list.listing,
      byChange: async (page: { offset: number; limit: number }) => {
        const rows = list.rows.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
        return { rows: rows.slice(page.offset, page.offset + page.limit), total: rows.length }
      },
    }
    let kept = await readList(listing.byCreation, undefined)
    for (const [turn, id] of [7, 9, 11].entries()) {
      change(list, id, 20_000 + turn * 10, `edit ${turn}`)
      kept = await refreshList(listing, kept, true)
      expect(kept.rows).toEqual(list.rows)
    }
  })

  test('does not lose a row because rows of one time have changed places', async () => {
    const same = time(40)
    const list = service(400)
    list.rows = list.rows.map((row) => (row.id === 41 ? { ...row, created_at: same } : row))
    const before = await readList(list.listing.byCreation, undefined)
    remove(list, 60)
    const turned: Listing<Row> = {
      ...list.listing,
      byCreation: (page) => {
        const rows = list.rows.toSorted(
          (a, b) =>
            Date.parse(a.created_at) - Date.parse(b.created_at) ||
            (a.id === 41 && b.id === 40 ? -1 : a.id === 40 && b.id === 41 ? 1 : a.id - b.id),
        )
        return Promise.resolve({ rows: rows.slice(page.offset, page.offset + page.limit), total: rows.length })
      },
    }
    const after = await refreshList(turned, before, false)
    expect(after.rows.map(({ id }) => id).sort((a, b) => a - b)).toEqual(list.rows.map(({ id }) => id))
  })

  test('is read as a whole where SWR refuses the order, and the order is not asked for again', async () => {
    const list = service(400)
    const refused = () => Promise.reject(new ProblemError({ status: 502, code: 'swr_invalid', swr: { status: 400 } }))
    const listing = { ...list.listing, byChange: refused }
    const before = await readList(list.listing.byCreation, undefined)
    change(list, 7, 20_001, 'second')
    const after = await refreshList(listing, before, false)
    expect(after.rows).toEqual(list.rows)
    expect(after.doubtedUntil).toBeGreaterThan(Date.now())
  })

  test('is read as a whole when more is gone than that', async () => {
    const list = service(700)
    const before = await readList(list.listing.byCreation, undefined)
    remove(list, ...Array.from({ length: 40 }, (_, index) => index * 3 + 1))
    const [after] = await look(list, before)
    expect(after.rows).toEqual(list.rows)
  })

  test.each<[string, (listing: Listing<Row>, rows: readonly Row[]) => Listing<Row>]>([
    ['no order is kept', ({ byCreation }) => ({ byCreation, byChange: byCreation })],
    [
      'no total is told',
      ({ byCreation, byChange }) => ({
        byCreation,
        byChange: async (page) => ({ ...(await byChange(page)), total: undefined }),
      }),
    ],
    [
      'times are missing',
      ({ byCreation, byChange }) => ({
        byCreation,
        byChange: async (page) => {
          const answer = await byChange(page)
          return { ...answer, rows: answer.rows.map((row) => ({ ...row, updated_at: '' })) }
        },
      }),
    ],
  ])('is read as a whole where %s', async (_, broken) => {
    const list = service(700)
    const before = await readList(list.listing.byCreation, undefined)
    change(list, 5, 30_000, 'second')
    const listing = broken(list.listing, list.rows)
    expect(await applyChanges(before.rows, listing)).toBeNull()
    expect((await refreshList(listing, before, false)).rows).toEqual(list.rows)
  })

  test('is read as a whole where all have changed at the same time', async () => {
    const list = new Service(Array.from({ length: 1_500 }, (_, index) => rowOf(index + 1, 0)))
    const before = await readList(list.listing.byCreation, undefined)
    change(list, 5, 0, 'second')
    expect(await applyChanges(before.rows, list.listing)).toBeNull()
    expect((await look(list, before))[0].rows).toEqual(list.rows)
  })

  test('is read as a whole after a write of ours of which nothing is seen, until a time of change was seen to move', async () => {
    const list = service(700)
    const before = await readList(list.listing.byCreation, undefined)
    expect((await look(list, before, true))[1]).toBe(9)
    change(list, 5, 30_000, 'second')
    const [after] = await look(list, before)
    expect((await look(list, after, true))[1]).toBe(1)
  })

  test('is read as a whole for a while once a change was seen that moved no time', async () => {
    const list = service(700)
    const before = await readList(list.listing.byCreation, undefined)
    const old = list.rows[4]
    if (!old) throw new Error('no row')
    list.rows[4] = { ...old, content_hash: 'renamed' }
    expect((await look(list, before))[0].rows).toEqual(before.rows)
    const [found] = await look(list, { ...before, readAt: before.readAt - 6 * 60_000 })
    expect(found.rows).toEqual(list.rows)
    list.rows[4] = { ...old, content_hash: 'again' }
    expect((await look(list, found))[0].rows).toEqual(list.rows)
  })

  test('is what reading all of it would be, whatever has changed', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('change' as const), which: fc.nat(), text: fc.string() }),
      fc.record({ kind: fc.constant('add' as const), which: fc.nat(), text: fc.string() }),
      fc.record({ kind: fc.constant('remove' as const), which: fc.nat(), text: fc.string() }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 300, max: 900 }),
        fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 5 }),
        async (count, rounds) => {
          const list = service(count)
          let [known, now, next] = [await readList(list.listing.byCreation, undefined), 20_000, count + 1]
          for (const round of rounds) {
            for (const { kind, which, text } of round) {
              now += 1
              const { id } = list.rows[which % list.rows.length] ?? { id: 0 }
              if (kind === 'add') list.rows.push(rowOf(next++, now, text))
              else if (kind === 'remove') remove(list, id)
              else change(list, id, now, text)
            }
            known = await refreshList(list.listing, known, false)
            expect(known.rows).toEqual(list.rows)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
