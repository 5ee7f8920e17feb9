import { expect, test } from 'vitest'
import { auditActOf } from './audit-act'

const on = { name: 'nightly', enabled: true, updated_at: '1' }
const off = { name: 'nightly', enabled: false, updated_at: '2' }

test.each([
  ['replicationUpdate', off, on, 'replicationEnable'],
  ['replicationUpdate', on, off, 'replicationDisable'],
  ['retentionUpdate', off, on, 'retentionEnable'],
  ['retentionUpdate', on, off, 'retentionDisable'],
  ['replicationUpdate', on, { ...off, name: 'other' }, 'replicationUpdate'],
  ['replicationUpdate', on, on, 'replicationUpdate'],
  ['replicationUpdate', on, null, 'replicationUpdate'],
  ['userUpdate', { enabled: true }, { enabled: false }, 'userUpdate'],
])('%s %j to %j is %s', (operation, before, after, act) => {
  expect(auditActOf({ operation, before, after })).toBe(act)
})
