import { expect, test } from 'vitest'
import { brokenIn, isSame } from './rules'
import { replicationRules } from './swr/replication'
import { retentionRules } from './swr/retention'
import { mostRetentionRules } from './vocabulary'

const policy = {
  name: 'nightly',
  dest_registry: { id: 3 },
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
  enabled: true,
}
const label = { type: 'label', value: ['a'] }
const odd = { ...policy, name: 'two words', filters: [...policy.filters, label], repo_scope_mode: 'all' }

test('a policy that breaks no rule', () => expect(brokenIn(replicationRules, policy)).toEqual([]))

test('each broken rule is told at its place', () => {
  expect(Object.fromEntries(brokenIn(replicationRules, odd))).toEqual({
    'body.name': 'invalid_format',
    'body.filters.2.type': 'invalid_value',
    'body.filters.2.value': 'invalid_type',
    'body.repo_scope_mode': 'invalid_value',
  })
})

test('what is as it was read breaks none, also in another place of its list', () => {
  expect(brokenIn(replicationRules, { ...odd, enabled: false }, odd)).toEqual([])
  expect(brokenIn(replicationRules, { ...odd, filters: [label] }, odd)).toEqual([])
})

test.each([
  ['another name', { name: 'three more words' }, 'body.name'],
  ['a name that stands elsewhere', { repo_scope_mode: 'two words' }, 'body.repo_scope_mode'],
  ['another value of a filter', { filters: [...policy.filters, { ...label, value: ['b'] }] }, 'body.filters.2.value'],
  ['one more filter', { filters: [...odd.filters, { type: 'resource', value: 'x' }] }, 'body.filters.3.type'],
  ['no filter', { filters: [] }, 'body.filters'],
  ['no registry', { dest_registry: undefined }, 'body.dest_registry'],
])('%s is looked at', (_, change, path) => {
  expect(brokenIn(replicationRules, { ...odd, ...change }, odd).map(([place]) => place)).toEqual([path])
})

test('a schedule needs its cron, also while another field is as odd as it was', () => {
  const trigger = { type: 'scheduled', trigger_settings: { cron: '' } }
  expect(brokenIn(replicationRules, { ...odd, trigger }, odd)).toEqual([
    ['body.trigger.trigger_settings.cron', 'required'],
  ])
})

test('a rule about several values looks again when one of them changes', () => {
  const manual = { ...policy, trigger: { type: 'manual', trigger_settings: { cron: '@daily' } } }
  expect(brokenIn(replicationRules, { ...manual, enabled: false }, manual)).toEqual([])
  const scheduled = { ...policy, trigger: { type: 'scheduled', trigger_settings: { cron: '@daily' } } }
  expect(brokenIn(replicationRules, { ...scheduled, enabled: false }, scheduled)).toEqual([])
  expect(brokenIn(replicationRules, scheduled, manual)).toEqual([['body.trigger.trigger_settings.cron', 'cron_fields']])
  const both = { ...policy, src_registry: { id: 4 } }
  expect(brokenIn(replicationRules, { ...both, enabled: false }, both)).toEqual([])
  expect(brokenIn(replicationRules, both, policy)).toEqual([['body.dest_registry', 'exactly_one_registry']])
})

test('rules of a retention policy', () => {
  const selector = { kind: 'doublestar', decoration: 'matches', pattern: '**' }
  const rule = {
    priority: 0,
    action: 'retain',
    template: 'latestPushedK',
    params: { latestPushedK: 0 },
    tag_selectors: [selector],
    scope_selectors: { repository: [{ ...selector, decoration: 'repoMatches' }] },
    repo_scope_mode: 'regular',
  }
  const was = { algorithm: 'or', enabled: true, name: '保留', trigger: { type: 'manual' }, rules: [rule, rule] }
  expect(brokenIn(retentionRules, { ...was, name: '保留-10' }, was)).toEqual([])
  const changed = [{ ...rule, params: { latestPushedK: -1 } }, rule]
  // The one beside it is held already.
  expect(brokenIn(retentionRules, { ...was, rules: changed }, was)).toEqual([
    ['body.rules.0.params.latestPushedK', 'too_small'],
  ])
  const many = Array.from({ length: mostRetentionRules + 1 }, () => rule)
  expect(brokenIn(retentionRules, { ...was, rules: many }, was)).toEqual([['body.rules', 'too_big']])
  expect(brokenIn(retentionRules, { ...was, rules: [] }, was)).toEqual([['body.rules', 'too_small']])
  expect(brokenIn(retentionRules, { ...was, rules: changed.slice(0, 1) }, was)).toEqual([
    ['body.rules.0.params.latestPushedK', 'too_small'],
  ])
  expect(brokenIn(retentionRules, { ...was, rules: [rule] }, was)).toEqual([])
})

test.each([
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [[1, 2], [1, 2], true],
  [[1, 2], { 0: 1, 1: 2 }, false],
  [null, undefined, false],
  [null, null, true],
  ['1', 1, false],
])('%j and %j', (one, other, same) => expect(isSame(one, other)).toBe(same))
