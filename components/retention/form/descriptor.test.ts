import { expect, test } from 'vitest'
import { brokenIn } from '@/lib/contract/rules'
import { retentionRules } from '@/lib/contract/swr/retention'
import { fieldOfPath } from './descriptor'

/** A request in which every value is wrong, each in its own place. */
const wrong = {
  algorithm: 'or',
  enabled: 'yes',
  rules: [
    {
      priority: 0,
      action: 'retain',
      repo_scope_mode: 'all',
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: 'a'.repeat(513) }] },
      tag_selectors: [{ kind: 'doublestar', decoration: 'likes', pattern: 'a'.repeat(513) }],
      params: { latestPushedK: 0 },
      template: 'always',
    },
  ],
  trigger: { type: 'sometimes' },
  name: 'ä',
}

test('each value that the contract refuses is put to its field', () => {
  const paths = brokenIn(retentionRules, wrong).map(([path]) => path)
  expect(Object.fromEntries(paths.map((path) => [path, fieldOfPath(path)]))).toEqual({
    'body.enabled': 'enabled',
    'body.rules.0.repo_scope_mode': 'rules.0.scope',
    'body.rules.0.scope_selectors.repository.0.pattern': 'rules.0.repositoryPattern',
    'body.rules.0.tag_selectors.0.decoration': 'rules.0.tagDecoration',
    'body.rules.0.tag_selectors.0.pattern': 'rules.0.tagPattern',
    'body.rules.0.params.latestPushedK': 'rules.0.amount',
    'body.rules.0.template': 'rules.0.template',
    'body.trigger.type': 'trigger',
    'body.name': 'name',
  })
})

test('a missing schedule is put to its field', () => {
  const paths = brokenIn(retentionRules, { ...wrong, trigger: { type: 'scheduled' } }).map(([path]) => path)
  expect(paths.map(fieldOfPath)).toContain('cron')
})

test.each(['body', 'body.algorithm', 'params.policy_id'])('%s has no field', (path) => {
  expect(fieldOfPath(path)).toBeUndefined()
})

test.each([
  ['body.rules', 'rules'],
  ['body.rules.3', 'rules.3.origin'],
  ['body.rules.3.priority', 'rules.3.origin'],
  ['body.rules.14.template', 'rules.14.template'],
])('%s is said at %s', (path, field) => {
  expect(fieldOfPath(path)).toBe(field)
})
