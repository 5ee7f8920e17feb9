import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Opened } from '../db/open'
import { log } from '../net/log'
import { databases } from '../testing/database'
import { notePause, pauseLeftMs, waitOutPause } from './pause'

/** From here on this process is one that remembers nothing but has the same database. */
const becomeReplica = () => Reflect.set(globalThis, Symbol.for('console.pauses'), new Map())
const useDb = (opening: Promise<unknown>) => Reflect.set(globalThis, Symbol.for('console.db'), opening)

describe.each(databases())('pauses kept in $name', ({ open }) => {
  let opened: Opened
  beforeAll(async () => {
    log.level = 'silent'
    opened = await open()
  })
  afterAll(() => opened.close())
  afterEach(() => {
    vi.useRealTimers()
  })

  const refused = (retryAfter: number) => ({ problem: { status: 429, code: 'swr_throttled', retryAfter } })

  test('hold for all of the connection, the longest of them, in any console', async () => {
    useDb(Promise.resolve(opened))
    becomeReplica()
    await waitOutPause('one')
    expect(await notePause('one', { retryAfter: 60 })).toBe(60)
    expect(await notePause('one', { retryAfter: 3 })).toBe(3)
    await expect(waitOutPause('one')).rejects.toMatchObject(refused(60))
    becomeReplica()
    await expect(waitOutPause('one')).rejects.toMatchObject(refused(60))
    expect(await pauseLeftMs('one')).toBeGreaterThan(55_000)
    await waitOutPause('two')
    expect(await pauseLeftMs('two')).toBe(0)
  })

  test('are waited out where they are short, which they are when SWR says no time', async () => {
    becomeReplica()
    for (const retryAfter of [undefined, 0]) expect(await notePause('three', { retryAfter })).toBe(5)
    const began = performance.now()
    await waitOutPause('three')
    expect(performance.now() - began).toBeGreaterThan(4_500)
    expect(await pauseLeftMs('three')).toBe(0)
  })

  test('that another console has noted are noticed soon, at the cost of few queries', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    becomeReplica()
    const select = vi.spyOn(opened.db, 'select')
    for (let count = 0; count < 10; count += 1) await waitOutPause('four')
    expect(select).toHaveBeenCalledTimes(1)
    const mine = Reflect.get(globalThis, Symbol.for('console.pauses'))
    becomeReplica()
    await notePause('four', { retryAfter: 60 })
    Reflect.set(globalThis, Symbol.for('console.pauses'), mine)
    vi.advanceTimersByTime(2_000)
    await expect(waitOutPause('four')).rejects.toMatchObject(refused(60))
    select.mockRestore()
  })

  test('hold in this console without a database, and without one requests go on', async () => {
    becomeReplica()
    const none = Promise.reject(new Error('no database'))
    useDb(none)
    await waitOutPause('five')
    expect(await notePause('five', { retryAfter: 60 })).toBe(60)
    await expect(waitOutPause('five')).rejects.toMatchObject(refused(60))
  })
})
