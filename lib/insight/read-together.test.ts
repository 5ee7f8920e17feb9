import { expect, test } from 'vitest'
import type { Actor } from '../contract/actor'
import type { Problem, ProblemCode } from '../contract/problem'
import { readTogether } from './read-together'

const person = (id: string, connections?: readonly string[]): Actor => ({
  ...{ id, email: '', name: '', role: 'viewer' },
  connections,
})

/** Three read at a time: the first by itself, the second for the third, who can read by itself as well. */
async function threeReads(key: string, ofSecond: Problem | null, third = person('third')) {
  const read =
    (by: string, problem: Problem | null = null) =>
    async () => ({ by, problem })
  const all = [
    readTogether(person('first'), 'default', key, read('first')),
    readTogether(person('second'), 'default', key, read('second', ofSecond)),
    readTogether(third, 'default', key, read('third')),
  ]
  return (await Promise.all(all)).map(({ by }) => by)
}
const problem = (code: ProblemCode): Problem => ({ status: 429, code })

test('who comes while one reads shares the next read', async () => {
  expect(await threeReads('fine', null)).toEqual(['first', 'second', 'second'])
  // What SWR says is said to all of them.
  expect(await threeReads('refused', problem('swr_throttled'))).toEqual(['first', 'second', 'second'])
})

test('the limit of who reads is not that of the others', async () => {
  expect(await threeReads('limited', problem('too_many_requests'))).toEqual(['first', 'second', 'third'])
})

test('who may not use the connection is on their own', async () => {
  expect(await threeReads('outside', null, person('third', ['europe']))).toEqual(['first', 'second', 'third'])
})
