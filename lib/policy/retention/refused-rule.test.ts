import { expect, test } from 'vitest'
import { refusedRule } from './refused-rule'

const said = (message: string, status = 400) => ({ swr: { status, message } })

test.each([
  ['body/rules must NOT have more than 1 items', 3, 2],
  ['body/rules/1/params must be object', 3, 1],
  ['rules[0].template is invalid', 2, 0],
  ['body/rules/9 is odd', 2, 1],
  ['body/rules must NOT have more than 1 items', 1, null],
])('%s, of %i rules', (message, count, place) => {
  expect(refusedRule(said(message), count)).toBe(place)
})

test('what is not about the request is no rule’s fault', () => {
  expect(refusedRule(said('retention policy x already exists', 409), 3)).toBeNull()
  expect(refusedRule({}, 3)).toBeNull()
})
