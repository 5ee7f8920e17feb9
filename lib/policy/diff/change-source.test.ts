import { expect, test } from 'vitest'
import type { AuditOutcome } from '../../contract/console/schemas'
import { findWrite } from './change-source'

const entry = (operation: string, outcome: AuditOutcome, after: unknown = null) => ({ operation, outcome, after })
const policy = { id: 7, name: 'nightly', description: 'hers', updated_at: '2026-01-03T11:55:14Z' }
const current = { ...policy, content_hash: 'h', updated_at: '2026-01-03T11:55:15Z' }

test('the newest write that left it as it is', () => {
  const refused = entry('replicationUpdate', 'denied', { ...policy, description: 'mine' })
  const hers = entry('replicationUpdate', 'done', policy)
  const older = entry('replicationCreate', 'done', { ...policy, description: '' })
  expect(findWrite([refused, hers, older], current)).toBe(hers)
})

test('a run is no change of its policy', () => {
  const created = entry('replicationCreate', 'done', policy)
  expect(findWrite([entry('executionStart', 'done'), created], current)).toBe(created)
})

test('what differs from the last write was changed outside of the console', () => {
  expect(findWrite([entry('replicationUpdate', 'done', { ...policy, description: 'his' })], current)).toBeUndefined()
  expect(findWrite([], current)).toBeUndefined()
})

test('a write whose answer was lost may have done it', () => {
  const lost = entry('replicationUpdate', 'failed', policy)
  expect(findWrite([lost], current)).toBe(lost)
})

test('the health of a registry is nobody’s change', () => {
  const saved = entry('registryUpdate', 'done', { id: 3, name: 'harbor', status: 'healthy' })
  expect(findWrite([saved], { id: 3, name: 'harbor', status: 'unhealthy', content_hash: 'h' })).toBe(saved)
})

test('what is gone was deleted by the console only if that was its last write', () => {
  const deleted = entry('replicationDelete', 'done')
  expect(findWrite([deleted, entry('replicationUpdate', 'done', policy)], null)).toBe(deleted)
  expect(findWrite([entry('replicationUpdate', 'done', policy)], null)).toBeUndefined()
  // Deleted, then made again under its number by somebody else.
  expect(findWrite([deleted], current)).toBeUndefined()
})
