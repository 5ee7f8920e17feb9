import { expect, test } from 'vitest'
import { pagesNeeded } from './pages-needed'

const full = { rows: 100 }

test.each([
  ['before the first is there', [undefined], 1],
  ['of an empty list', [{ rows: 0, total: 0 }], 1],
  ['that fit one page', [{ rows: 100, total: 100 }], 1],
  ['by the total', [{ rows: 100, total: 201 }], 3],
  [
    'once rows were deleted',
    [
      { rows: 20, total: 20 },
      { rows: 1, total: 120 },
    ],
    1,
  ],
  ['without a total after a full page', [full], 2],
  ['without a total while the next is on its way', [full, undefined], 2],
  ['without a total after several full pages', [full, full], 3],
  ['without a total after a short page', [full, { rows: 3 }], 2],
  ['without a total after an empty page', [full, full, { rows: 0 }], 3],
])('pages %s', (_, pages, expected) => expect(pagesNeeded(pages)).toBe(expected))
