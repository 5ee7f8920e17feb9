import { expect, test } from 'vitest'
import { type Ceiling, isLooserCeiling, stricterCeiling } from './ceiling'

const ceiling = (ceilingTags: number | null, ceilingShare: number | null): Ceiling => ({ ceilingTags, ceilingShare })

test.each<[string, Ceiling, Ceiling, boolean, Ceiling]>([
  ['the same', ceiling(5, 0.5), ceiling(5, 0.5), false, ceiling(5, 0.5)],
  ['none before', ceiling(null, null), ceiling(5, 0.5), false, ceiling(5, 0.5)],
  ['lower', ceiling(5, 0.5), ceiling(4, 0.4), false, ceiling(4, 0.4)],
  ['higher', ceiling(5, null), ceiling(6, null), true, ceiling(5, null)],
  ['none after', ceiling(0, 0), ceiling(null, null), true, ceiling(0, 0)],
  ['one lower, one higher', ceiling(5, 0.5), ceiling(4, 0.6), true, ceiling(4, 0.5)],
  ['one taken away, one set', ceiling(5, null), ceiling(null, 0.5), true, ceiling(5, 0.5)],
])('%s', (_, now, wanted, isLooser, counts) => {
  expect(isLooserCeiling(now, wanted)).toBe(isLooser)
  expect(stricterCeiling(now, wanted)).toEqual(counts)
})
