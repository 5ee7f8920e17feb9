import { describe, expect, test } from 'vitest'
import { inTurns, sharedTurns } from './concurrency'

test('some at a time, each once and in order', async () => {
  const begun: number[] = []
  let [now, most] = [0, 0]
  const left = await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    begun.push(item)
    now += 1
    most = Math.max(most, now)
    await Promise.resolve()
    now -= 1
    return true
  })
  expect([begun, most, left]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3, []])
})

test('after a false answer nothing more is begun, and what was not begun is told', async () => {
  const begun: number[] = []
  const left = await inTurns([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item)
    return item !== 2
  })
  expect(begun).toEqual([1, 2, 3])
  expect(left).toEqual([4, 5])
})

describe('turns that are shared', () => {
  /** Work that ends when it is told to. */
  const held = () => {
    const begun: { readonly name: string; readonly end: (fails?: Error) => void }[] = []
    const work = (name: string) => () =>
      new Promise<string>((resolve, reject) => {
        begun.push({ name, end: (fails) => (fails ? reject(fails) : resolve(name)) })
      })
    return { begun, work }
  }
  const others = () => new Promise((resolve) => setImmediate(resolve))

  test('who comes while one is under way gets the next, with all others who do', async () => {
    const { begun, work } = held()
    const share = sharedTurns<string>()
    const first = share('a', work('first'))
    const [second, third] = [share('a', work('second')), share('a', work('third'))]
    await others()
    expect(begun.map(({ name }) => name)).toEqual(['first'])
    begun[0]?.end()
    expect(await first).toBe('first')
    await others()
    expect(begun.map(({ name }) => name)).toEqual(['first', 'second'])
    const fourth = share('a', work('fourth'))
    begun[1]?.end()
    expect(await Promise.all([second, third])).toEqual(['second', 'second'])
    await others()
    begun[2]?.end()
    expect(await fourth).toBe('fourth')
    await others()
    void share('a', work('fifth'))
    expect(begun.map(({ name }) => name)).toEqual(['first', 'second', 'fourth', 'fifth'])
  })

  test('another key does not wait, and a failure is that of its own turn', async () => {
    const { begun, work } = held()
    const share = sharedTurns<string>()
    const first = share('a', work('first'))
    const second = share('a', work('second'))
    const other = share('b', work('other'))
    expect(begun.map(({ name }) => name)).toEqual(['first', 'other'])
    begun[0]?.end(new Error('broken'))
    await expect(first).rejects.toThrow('broken')
    await others()
    for (const { end } of begun) end()
    expect([await second, await other]).toEqual(['second', 'other'])
  })
})
