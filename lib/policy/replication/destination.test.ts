import { expect, test } from 'vitest'
import { destinationOf } from './destination'

test.each([
  ['payments/team/api', 'mirror', 'mirror/api'],
  ['payments/api', '', 'payments/api'],
])('%s goes into "%s" as %s', (name, namespace, target) => {
  expect(destinationOf({ dest_namespace: namespace }, name)).toBe(target)
})
