import { expect, test } from 'vitest'
import { blankSync, readSyncAnswer, type SyncDraft, syncForm, syncParams, toBody } from './sync'

const filled: SyncDraft = {
  organization: 'team',
  repository: 'web/api',
  tags: ['V1'],
  region: 'cn-north-208',
  target: 'sdsad',
  override: true,
}

test('what is sent equals the documented body, in its order', () => {
  const values = syncForm.parse({ ...filled, target: ' sdsad ' })
  expect(JSON.stringify(toBody(values))).toBe(
    '{"imageTag":["V1"],"override":true,"remoteNamespace":"sdsad","remoteRegionId":"cn-north-208"}',
  )
  expect(syncParams(values)).toEqual({ namespace: 'team', repository: 'web/api' })
})

test.each([
  [{ tags: [] }, 'tags', 'tags_none'],
  [{ organization: '' }, 'organization', 'required'],
  [{ repository: '' }, 'repository', 'required'],
  [{ region: ' ' }, 'region', 'required'],
  [{ target: '' }, 'target', 'required'],
  [{ target: 'a'.repeat(65) }, 'target', 'too_long'],
  [{ target: '1team' }, 'target', 'organization_characters'],
  [{ target: 'Team' }, 'target', 'organization_characters'],
  [{ target: 'team-' }, 'target', 'organization_characters'],
  [{ target: 'team--a' }, 'target', 'organization_characters'],
  [{ target: 'team.-a' }, 'target', 'organization_characters'],
  [{ target: 'team___a' }, 'target', 'organization_characters'],
])('%o', (change, field, code) => {
  const issues = syncForm.safeParse({ ...filled, ...change }).error?.issues ?? []
  expect(issues.map(({ path, message }) => [path.join('.'), message])).toEqual([[field, code]])
})

test.each(['team', 'team__a', 'te.am-1_b', 'a'.repeat(64)])('the organization %s is fine', (target) => {
  expect(syncForm.safeParse({ ...filled, target }).success).toBe(true)
})

test('nothing is overwritten unless asked for', () => {
  expect(blankSync({ organization: 'team' })).toMatchObject({ organization: 'team', repository: '', override: false })
})

test('an answer is never called more than it says', () => {
  expect(readSyncAnswer([])).toBe('accepted')
  expect(readSyncAnswer(['V1'])).toBe('named')
})
