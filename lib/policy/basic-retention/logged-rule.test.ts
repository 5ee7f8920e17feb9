import { expect, test } from 'vitest'
import { readLoggedRule } from './logged-rule'

test('the rule of a logged deletion', () =>
  expect(
    readLoggedRule('{"template":"tag_rule","params":{"num":"3"},"tag_selectors":[{"kind":"label","pattern":"v1"}]}'),
  ).toEqual({ template: 'tag_rule', amount: 3, exceptions: [{ kind: 'label', pattern: 'v1' }] }))

test.each(['', 'null', '[]', '{', '{"template":"other"}', '{"template":"tag_rule"}'])('none in %j', (text) =>
  expect(readLoggedRule(text)).toBeNull(),
)
