import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxSelectorLength } from '../../contract/vocabulary'
import { Glob } from '../pattern/glob'
import { checkTyped } from '../pattern/never-matches'
import { allBut } from './all-but'

const pattern = allBut('latest')
const takes = (tag: string) => new Glob(pattern, 100_000).match(tag)

test('all but latest is what the form takes', () => {
  expect(pattern).toBe('{[^l]*,l,l[^a]*,la,la[^t]*,lat,lat[^e]*,late,late[^s]*,lates,lates[^t]*,latest?*}')
  expect(pattern.length).toBeLessThan(maxSelectorLength)
  expect(checkTyped(pattern, 'tag')).toBeNull()
})

test.each(['l', 'lat', 'lates', 'latest-1', 'latests', 'Latest', 'v1.0.0', 'xlatest', '-'])('takes %s', (tag) =>
  expect(takes(tag)).toBe(true),
)

test('leaves latest out', () => expect(takes('latest')).toBe(false))

test('takes any other tag', () => {
  const nearLatest = fc.string({ unit: fc.constantFrom(...'latesx0.-_L'), minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(nearLatest, (tag) => takes(tag) === (tag !== 'latest')),
    { numRuns: 500 },
  )
})
