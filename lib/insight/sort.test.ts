import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sorted } from './sort'

test('sorts as the language does, equal ones as they came, however long', async () => {
  const item = fc.record({ key: fc.nat(20), name: fc.nat() })
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 2_600, size: 'max' }), async (items) => {
      const compare = (a: { key: number }, b: { key: number }) => a.key - b.key
      expect(await sorted(items, compare)).toEqual(items.toSorted(compare))
    }),
    { numRuns: 40 },
  )
})
