import { expect, test } from 'vitest'
import { countErrors } from './count-errors'

const complaint = { type: 'custom', message: 'required' }

test.each([
  [{}, 0],
  [{ name: complaint, cron: complaint }, 2],
  [{ type: complaint }, 1],
  [{ rules: [undefined, { amount: complaint, tagPattern: complaint }] }, 2],
  [{ rules: { root: complaint } }, 1],
])('%j', (errors, count) => {
  expect(countErrors(errors)).toBe(count)
})
