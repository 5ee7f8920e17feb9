import { expect, test } from 'vitest'
import { replicationBody, replicationOperations } from '../../contract/swr/replication'
import { isTemporaryPolicyName, temporaryPolicyBody, temporaryPolicyName } from './partial'

const parent = replicationOperations.replicationShow.response.parse({
  id: 7,
  name: 'nightly',
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  dest_namespace: 'mirror',
  filters: [{ type: 'name', value: 'payments/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
  override: true,
  enabled: false,
  owner: 'somebody',
})

test('a part says what its parent says, for some tags of one repository, fired by nobody else', () => {
  const body = temporaryPolicyBody(parent, { repository: 'payments/team/api', tags: ['v1', 'v2.0'] }, 'x')
  expect(replicationBody.parse(body)).toEqual({
    name: 'x',
    description: 'Temporary: partial run of nightly',
    dest_registry: { id: 3 },
    dest_namespace: 'mirror',
    filters: [
      { type: 'name', value: 'payments/team/api' },
      { type: 'tag', value: '{v1,v2.0}' },
    ],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    override: true,
    enabled: true,
  })
})

test('one tag stands alone, and a pulled part names its source', () => {
  const pull = { ...parent, src_registry: { id: 3 }, dest_registry: { id: 0 } }
  const body = temporaryPolicyBody(pull, { repository: 'library/web', tags: ['1.0'] }, 'x')
  expect(body?.filters[1]).toEqual({ type: 'tag', value: '1.0' })
  expect([body?.src_registry, body?.dest_registry]).toEqual([{ id: 3 }, undefined])
})

test.each([
  ['a name that a pattern would read', { repository: 'library/{a}', tags: ['1'] }],
  ['a tag that a pattern would read', { repository: 'library/a', tags: ['v*'] }],
  ['a tag that would end the list', { repository: 'library/a', tags: ['a,b'] }],
  ['no tag, which would be all of them', { repository: 'library/a', tags: [] }],
])('%s is not sent', (_, scope) => {
  expect(temporaryPolicyBody(parent, scope, 'x')).toBeNull()
})

test('a parent with a filter that nobody here understands has no parts: they might copy what it does not', () => {
  const narrowed = { ...parent, filters: [...parent.filters, { type: 'label', value: 'released' }] }
  expect(temporaryPolicyBody(narrowed, { repository: 'library/a', tags: ['1'] }, 'x')).toBeNull()
})

test('a parent without one remote registry has no parts', () => {
  const odd = { ...parent, dest_registry: undefined }
  expect(temporaryPolicyBody(odd, { repository: 'library/a', tags: ['1'] }, 'x')).toBeNull()
})

test('its names are recognised and allowed', () => {
  const name = temporaryPolicyName('0123456789ab', 12)
  expect([
    isTemporaryPolicyName(name),
    isTemporaryPolicyName('console-run-of-mine'),
    isTemporaryPolicyName(undefined),
  ]).toEqual([true, false, false])
  expect(replicationBody.shape.name.safeParse(name).success).toBe(true)
})

test('a tag with a hyphen in front means itself', () => {
  const body = temporaryPolicyBody(parent, { repository: 'library/a', tags: ['-ot-beta-jmx', 'v1'] }, 'x')
  expect(body?.filters[1]).toEqual({ type: 'tag', value: '{-ot-beta-jmx,v1}' })
})

test('a whole repository is what the policy takes of it', () => {
  const filtered = { ...parent, filters: [...parent.filters, { type: 'tag', value: 'v*' }] }
  const scope = { repository: 'payments/api', tags: [], whole: true }
  expect(temporaryPolicyBody(filtered, scope, 'x')?.filters).toEqual([
    { type: 'name', value: 'payments/api' },
    { type: 'tag', value: 'v*' },
  ])
  expect(temporaryPolicyBody(parent, scope, 'x')?.filters).toEqual([{ type: 'name', value: 'payments/api' }])
})
