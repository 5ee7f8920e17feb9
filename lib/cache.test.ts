import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cached, invalidate } from './cache'
import { ProblemError } from './contract/problem'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  for (const slot of ['kept', 'reading', 'purged']) Reflect.deleteProperty(globalThis, Symbol.for(`console.${slot}`))
})
afterEach(() => {
  vi.useRealTimers()
})

const keeping = { freshMs: 1_000, keepMs: 10_000 }
const settled = () => vi.advanceTimersByTimeAsync(0)
const down = () => Promise.reject(new ProblemError({ status: 502, code: 'swr_unreachable' }))

/** Answers when it is told to. */
function reader() {
  const asked: { answer: (value: string) => void; fail: () => void; before: string | undefined }[] = []
  const read = (before: string | undefined) =>
    new Promise<string>((resolve, reject) => {
      const fail = () => reject(new ProblemError({ status: 502, code: 'swr_unreachable' }))
      asked.push({ answer: resolve, fail, before })
    })
  return { asked, read }
}

test('who asks at the same time waits for the same answer', async () => {
  const { asked, read } = reader()
  const both = Promise.all([cached('a', keeping, read), cached('a', keeping, read)])
  await settled()
  asked[0]?.answer('one')
  expect((await both).map(({ value }) => value)).toEqual(['one', 'one'])
  expect(asked).toHaveLength(1)
})

test('fresh is given as it is, older while a new one is worked out, too old not at all', async () => {
  const { asked, read } = reader()
  const first = cached('a', keeping, read)
  await settled()
  asked[0]?.answer('one')
  expect(await first).toMatchObject({ value: 'one', refreshing: false, at: new Date(1_000_000) })
  vi.advanceTimersByTime(999)
  expect(await cached('a', keeping, read)).toMatchObject({ value: 'one', refreshing: false })
  vi.advanceTimersByTime(1)
  expect(await cached('a', keeping, read)).toMatchObject({ value: 'one', refreshing: true })
  await settled()
  expect(asked[1]?.before).toBe('one')
  asked[1]?.answer('two')
  await settled()
  expect(await cached('a', keeping, read)).toMatchObject({ value: 'two', refreshing: false, at: new Date(1_001_000) })
  vi.advanceTimersByTime(10_000)
  const last = cached('a', keeping, read)
  await settled()
  asked[2]?.answer('three')
  expect(await last).toMatchObject({ value: 'three' })
})

test('what is good enough for some is too old for others', async () => {
  const { asked, read } = reader()
  const first = cached('a', keeping, read)
  await settled()
  asked[0]?.answer('one')
  await first
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await cached('a', keeping, read)).toMatchObject({ value: 'one', refreshing: true })
  const other = cached('a', { ...keeping, giveMs: 4_000 }, read)
  await settled()
  asked[1]?.answer('two')
  expect(await other).toMatchObject({ value: 'two', refreshing: false })
  expect(asked).toHaveLength(2)
})

test('how long an answer is fresh can depend on it', async () => {
  const read = vi.fn(async () => 'moving')
  const soon = { freshMs: (value: string) => (value === 'moving' ? 10 : 1_000), keepMs: 10_000 }
  await cached('a', soon, read)
  vi.advanceTimersByTime(10)
  expect(await cached('a', soon, read)).toMatchObject({ refreshing: true })
})

test('a failure is thrown when there is nothing to show, and tried again by the next', async () => {
  await expect(cached('a', keeping, down)).rejects.toMatchObject({ problem: { code: 'swr_unreachable' } })
  expect(await cached('a', keeping, async () => 'one')).toMatchObject({ value: 'one', problem: null })
})

test('a failure that came at once is one like any other', async () => {
  const broken = () => {
    throw new TypeError('a bug')
  }
  await expect(cached('a', keeping, broken)).rejects.toThrow('a bug')
})

test('otherwise the old answer is given with the reason, and SWR is left alone for a while', async () => {
  await cached('a', keeping, async () => 'one')
  vi.advanceTimersByTime(1_000)
  const read = vi.fn(down)
  await cached('a', keeping, read)
  await settled()
  const problem = { code: 'swr_unreachable' }
  expect(await cached('a', keeping, read)).toMatchObject({ value: 'one', problem, refreshing: false })
  expect(read).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(5_000)
  expect(await cached('a', keeping, read)).toMatchObject({ value: 'one', problem, refreshing: true })
  await settled()
  vi.advanceTimersByTime(5_000)
  await expect(cached('a', keeping, read)).rejects.toMatchObject({ problem })
  expect(await cached('a', keeping, async () => 'two')).toMatchObject({ value: 'two', problem: null })
})

test('after a write nothing from before it is given', async () => {
  await cached('work/c/i/a', keeping, async () => 'old')
  await cached('work/c/other/a', keeping, async () => 'other')
  invalidate('work/c/i/')
  const unused = async () => 'never asked'
  expect(await cached('work/c/i/a', keeping, async () => 'new')).toMatchObject({ value: 'new' })
  expect(await cached('work/c/i/a', keeping, unused)).toMatchObject({ value: 'new' })
  expect(await cached('work/c/other/a', keeping, unused)).toMatchObject({ value: 'other' })
})

test('nor what was begun before it and ended after it, however the clock stands', async () => {
  const { asked, read } = reader()
  const first = cached('a', keeping, read)
  await settled()
  invalidate('a')
  asked[0]?.answer('old')
  await settled()
  asked[1]?.answer('new')
  expect(await first).toMatchObject({ value: 'new' })
  expect(asked).toHaveLength(2)
})

test('who asks while one write follows the other still gets an answer, with all that was written before', async () => {
  const { asked, read } = reader()
  invalidate('a')
  const first = cached('a', keeping, read)
  await settled()
  for (let at = 0; at < 3; at++) {
    invalidate('a')
    asked[at]?.answer(`after ${at}`)
    await settled()
  }
  expect(await first).toMatchObject({ value: 'after 1', refreshing: true })
  const second = cached('a', keeping, read)
  await settled()
  expect(asked).toHaveLength(3)
  asked[2]?.answer('last')
  expect(await second).toMatchObject({ value: 'last', refreshing: false })
})

test('who comes after a write, while the first answer of all is worked out, gets the next one', async () => {
  const { asked, read } = reader()
  const before = cached('a', keeping, read)
  await settled()
  invalidate('a')
  const after = cached('a', keeping, read)
  asked[0]?.answer('one')
  await settled()
  asked[1]?.answer('two')
  await settled()
  // A third would be one that nobody asks for.
  expect(asked).toHaveLength(2)
  expect([(await before).value, (await after).value]).toEqual(['two', 'two'])
})

test('when SWR says how long to wait, it is not asked before', async () => {
  await cached('a', keeping, async () => 'one')
  vi.advanceTimersByTime(1_000)
  const read = vi.fn(() => Promise.reject(new ProblemError({ status: 429, code: 'swr_throttled', retryAfter: 8 })))
  await cached('a', keeping, read)
  await settled()
  vi.advanceTimersByTime(7_900)
  await cached('a', keeping, read)
  expect(read).toHaveBeenCalledTimes(1)
})

test('a failure of what was begun before a write goes to those who wait for it only', async () => {
  const { asked, read } = reader()
  const first = cached('a', keeping, read)
  const refused = expect(first).rejects.toMatchObject({ problem: { code: 'swr_unreachable' } })
  await settled()
  invalidate('a')
  asked[0]?.fail()
  await refused
  const second = cached('a', keeping, read)
  await settled()
  asked[1]?.answer('new')
  expect(await second).toMatchObject({ value: 'new', problem: null })
})

const shelf = (): Map<string, unknown> => Reflect.get(globalThis, Symbol.for('console.kept'))

test('the shelf holds five hundred answers and drops what nobody can use any more', async () => {
  for (let at = 0; at < 510; at++) await cached(`a${at}`, keeping, async () => at)
  expect(shelf().size).toBe(500)
  expect(shelf().has('a9')).toBe(false)
  expect(shelf().has('a10')).toBe(true)
  vi.advanceTimersByTime(10_000)
  await cached('b', keeping, async () => 0)
  expect([...shelf().keys()]).toEqual(['b'])
})

test('what is being read is never dropped: a write has to reach it', async () => {
  const { asked, read } = reader()
  const slow = cached('slow', keeping, read)
  for (let at = 0; at < 510; at++) await cached(`a${at}`, keeping, async () => at)
  invalidate('slow')
  asked[0]?.answer('old')
  await settled()
  asked[1]?.answer('new')
  expect(await slow).toMatchObject({ value: 'new' })
})

test('what is kept together is bounded by its rows, and the least recently used makes room', async () => {
  const many = (name: string) => cached(name, { ...keeping, rows: () => 40_000 }, async () => `${name} ${reads++}`)
  let reads = 0
  for (const name of ['a', 'b']) await many(name)
  expect((await many('a')).value).toBe('a 0')
  await many('c')
  expect((await many('a')).value).toBe('a 0')
  expect((await many('b')).value).toBe('b 3')
})

test('of answers that say how small they are it holds as many as their rows allow', async () => {
  const small = (at: number) => cached(`a${at}`, { ...keeping, rows: () => 59 }, async () => at)
  for (let at = 0; at < 2_010; at++) await small(at)
  expect(shelf().size).toBe(2_000)
  expect([shelf().has('a9'), shelf().has('a10')]).toEqual([false, true])
})

test('who reads is told whether something was written since the answer before', async () => {
  const told: boolean[] = []
  const read = async (_before: number | undefined, written: boolean) => told.push(written)
  await cached('work/a', keeping, read)
  vi.advanceTimersByTime(10_000)
  await cached('work/a', keeping, read)
  invalidate('work/')
  await cached('work/a', keeping, read)
  expect(told).toEqual([false, false, true])
})

test('an answer that grows counts with what it has grown to', async () => {
  let [size, reads] = [1_000, 0]
  const growing = () => cached('growing', { ...keeping, rows: () => size }, async () => reads++)
  const other = () => cached('other', { ...keeping, rows: () => 40_000 }, async () => reads++)
  await growing()
  const first = await other()
  size = 100_000
  vi.advanceTimersByTime(2_000)
  await growing()
  await settled()
  expect((await other()).value).not.toBe(first.value)
})
