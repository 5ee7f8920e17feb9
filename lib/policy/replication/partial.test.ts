import { expect, test } from 'vitest'
import { replicationBody, replicationOperations } from '../../contract/swr/replication'
import { copiedBy, isScopedName, scopedName, scopedPolicy } from './partial'

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
  const body = scopedPolicy(parent, { repository: 'payments/team/api', tags: ['v1', 'v2.0'] }, 'x')
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
  const body = scopedPolicy(pull, { repository: 'library/web', tags: ['1.0'] }, 'x')
  expect(body?.filters[1]).toEqual({ type: 'tag', value: '1.0' })
  expect([body?.src_registry, body?.dest_registry]).toEqual([{ id: 3 }, undefined])
})

test.each([
  ['a name that a pattern would read', { repository: 'library/{a}', tags: ['1'] }],
  ['a tag that a pattern would read', { repository: 'library/a', tags: ['v*'] }],
  ['a tag that would end the list', { repository: 'library/a', tags: ['a,b'] }],
  ['no tag, which would be all of them', { repository: 'library/a', tags: [] }],
])('%s is not sent', (_, scope) => {
  expect(scopedPolicy(parent, scope, 'x')).toBeNull()
})

test('a parent with a filter that nobody here understands has no parts: they might copy what it does not', () => {
  const narrowed = { ...parent, filters: [...parent.filters, { type: 'label', value: 'released' }] }
  expect(scopedPolicy(narrowed, { repository: 'library/a', tags: ['1'] }, 'x')).toBeNull()
})

test('a parent without one remote registry has no parts', () => {
  const odd = { ...parent, dest_registry: undefined }
  expect(scopedPolicy(odd, { repository: 'library/a', tags: ['1'] }, 'x')).toBeNull()
})

test('its names are recognised and allowed', () => {
  const name = scopedName('0123456789ab', 12)
  expect([isScopedName(name), isScopedName('console-run-of-mine'), isScopedName(undefined)]).toEqual([
    true,
    false,
    false,
  ])
  expect(replicationBody.shape.name.safeParse(name).success).toBe(true)
})

test('what was copied is counted over all runs of a part, what failed is not', () => {
  const part = (repository: string, results: [string, 'succeeded' | 'failed'][]) => ({
    repository,
    tags: results.map(([tag]) => tag),
    policy: null,
    execution: null,
    state: 'succeeded' as const,
    text: '',
    results: results.map(([tag, phase]) => ({ tag, phase, text: '' })),
    removed: true,
  })
  const copied = copiedBy([
    { parts: [part('library/web', [['v2', 'succeeded']])] },
    {
      parts: [
        part('library/web', [
          ['v1', 'succeeded'],
          ['v3', 'failed'],
        ]),
        part('library/api', [['v1', 'failed']]),
      ],
    },
  ])
  expect([...(copied.get('library/web') ?? [])].sort()).toEqual(['v1', 'v2'])
  expect(copied.get('library/api')?.size).toBe(0)
})
