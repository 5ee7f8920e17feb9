import { describe, expect, test } from 'vitest'
import type { Execution } from '../../contract/swr/replication'
import { type ListRuns, type RunWindow, readWindow } from './run-window'

const start = Date.UTC(2026, 4, 1)
const time = (minutes: number) => new Date(start + minutes * 60_000).toISOString()
const run = (id: number, more: Partial<Execution> = {}): Execution => ({
  id,
  policy_id: 1 + (id % 50),
  status: 'Succeed',
  created_at: time(id),
  updated_at: time(id + 1),
  ...more,
})

/** Runs as SWR lists them, newest first, with what was asked for. */
class Service {
  offsets: number[] = []
  constructor(public runs: Execution[]) {}

  readonly list: ListRuns = async ({ offset, limit }) => {
    this.offsets.push(offset)
    const rows = this.runs.toSorted((a, b) => (b.id ?? 0) - (a.id ?? 0)).slice(offset, offset + limit)
    return { rows, total: this.runs.length }
  }
  set(id: number, more: Partial<Execution>) {
    this.runs = this.runs.map((each) => (each.id === id ? { ...each, ...more } : each))
  }
  async look(before?: RunWindow, now = 0, written = false): Promise<RunWindow> {
    this.offsets = []
    return await readWindow(this.list, before, now, written)
  }
}
const service = (count: number) => new Service(Array.from({ length: count }, (_, index) => run(index + 1)))
const ids = ({ rows }: RunWindow) => rows.map(({ id }) => id)
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)

describe('the window of latest runs', () => {
  test('is read further back with each look until nothing is left, then only where it may have moved', async () => {
    const swr = service(2_350)
    let window = await swr.look()
    expect(ids(window)).toEqual(down(2_350, 1_351))
    expect(window.complete).toBe(false)
    window = await swr.look(window)
    window = await swr.look(window)
    expect([window.complete, ids(window)]).toEqual([true, down(2_350, 1)])
    const again = await swr.look(window)
    expect(swr.offsets).toEqual([0])
    expect(again.rows.every((row, index) => row === window.rows[index])).toBe(true)
    // The newest may move without being new.
    await swr.look(window, 60_000)
    expect(swr.offsets).toHaveLength(10)
  })

  test('shows a run that we have stopped, however many are newer', async () => {
    const swr = service(2_350)
    swr.set(1_600, { status: 'InProgress' })
    const window = await swr.look()
    swr.set(1_600, { status: 'Stopped', updated_at: time(3_000) })
    const statusOf = ({ rows }: RunWindow) => rows.find(({ id }) => id === 1_600)?.status
    expect(statusOf(await swr.look(window, 0, true))).toBe('Stopped')
  })

  test('finds what is new, what has moved, and what moves further down', async () => {
    const swr = service(900)
    swr.set(780, { status: 'InProgress' })
    let window = await swr.look()
    swr.runs.push(run(901), run(902))
    swr.set(780, { status: 'Failed', updated_at: time(2_000) })
    window = await swr.look(window)
    expect(swr.offsets).toEqual([0, 100])
    expect(ids(window)).toEqual(down(902, 1))
    expect(window.rows.find(({ id }) => id === 780)).toMatchObject({ status: 'Failed' })
  })

  test('begins anew where there may be a gap', async () => {
    const swr = service(1_500)
    let window = await swr.look()
    // More than a look reads came meanwhile.
    swr.runs.push(...Array.from({ length: 1_200 }, (_, index) => run(1_501 + index)))
    window = await swr.look(window)
    expect(ids(window)).toEqual(down(2_700, 1_701))
    // What joined the known and the unknown is gone.
    swr.runs = swr.runs.filter(({ id = 0 }) => id > 1_800 || id < 1_600)
    window = await swr.look(window)
    window = await swr.look(window)
    window = await swr.look(window)
    expect(ids(window).toSorted((a = 0, b = 0) => b - a)).toEqual(ids(window))
    expect(new Set(ids(window)).size).toBe(window.rows.length)
    expect(window.complete).toBe(true)
    expect(swr.runs.every(({ id }) => ids(window).includes(id))).toBe(true)
  })

  test('is read each time where the newest do not come first', async () => {
    const swr = service(1_500)
    swr.set(1_450, { created_at: time(0) })
    const window = await swr.look()
    expect(window.newestFirst).toBe(false)
    await swr.look(window)
    expect(swr.offsets).toHaveLength(10)
  })
})
