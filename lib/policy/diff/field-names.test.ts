import { expect, test } from 'vitest'
import { replicationBody } from '../../contract/swr/replication'
import { retentionBody } from '../../contract/swr/retention'
import { differences } from './differences'
import { fieldNameOf, fieldNumberOf, relevantChanges } from './field-names'

const replication = replicationBody.parse({
  name: 'nightly',
  description: 'of the team',
  dest_registry: { id: 3 },
  dest_namespace: 'mirror',
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
  override: false,
  enabled: true,
})
const selector = { kind: 'doublestar', pattern: '**', extras: 'x' }
const retention = retentionBody.parse({
  algorithm: 'or',
  enabled: true,
  rules: [
    {
      priority: 0,
      disabled: false,
      action: 'retain',
      template: 'latestPushedK',
      params: { latestPushedK: 5 },
      tag_selectors: [{ ...selector, decoration: 'matches' }],
      scope_selectors: { repository: [{ ...selector, decoration: 'repoMatches' }] },
      repo_scope_mode: 'regular',
    },
  ],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  name: 'keep',
})

test.each([
  ['replication', replication],
  ['retention', retention],
])('every field of a %s request has a name', (_, body) => {
  const paths = relevantChanges(differences(undefined, body)).map(({ path }) => path)
  expect(paths.length).toBeGreaterThan(8)
  expect(paths.filter((path) => fieldNameOf(path) === undefined)).toEqual([])
})

test('what has no word keeps none', () => {
  expect(['speed', 'filters[label].value', 'rules[0].params.other'].map(fieldNameOf)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('one of several says which it is', () => {
  expect(['rules[0].template', 'rules[1].template', 'filters[2].value', 'name'].map(fieldNumberOf)).toEqual([
    undefined,
    2,
    3,
    undefined,
  ])
})

test('only what tells something is a difference to a person', () => {
  const before = { filters: [{ type: 'name', value: 'a' }], trigger: { type: 'manual' } }
  const after = {
    filters: [
      { type: 'name', value: 'a' },
      { type: 'tag', value: 'v*' },
    ],
    trigger: { type: 'manual', trigger_settings: { cron: '' } },
    description: '',
  }
  expect(relevantChanges(differences(before, after)).map(({ path }) => path)).toEqual(['filters[tag].value'])
  expect(relevantChanges(differences({ description: 'x' }, { description: '' }))).toHaveLength(1)
})

test('they come in the order of the forms, what has no name last', () => {
  const after = { speed: 3, enabled: true, trigger: { type: 'manual' }, dest_registry: { id: 3 }, name: 'a' }
  expect(relevantChanges(differences(undefined, after)).map(({ path }) => path)).toEqual([
    'name',
    'dest_registry.id',
    'trigger.type',
    'enabled',
    'speed',
  ])
})

test('the tags of a copy are told in one row', () => {
  const copy = { imageTag: ['1.0', '1.1', '2.0'], remoteRegionId: 'eu', override: false }
  const told = relevantChanges(differences(undefined, copy))
  expect(told.filter(({ path }) => path.startsWith('imageTag'))).toEqual([
    { path: 'imageTag', kind: 'added', after: '1.0, 1.1, 2.0' },
  ])
  expect(told).toHaveLength(3)
})
