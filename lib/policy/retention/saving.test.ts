import { describe, expect, test } from 'vitest'
import type { Retention } from '../../contract/swr/retention'
import { toRequest } from './request'
import { effectOfSaving, withoutArming } from './saving'

const nightly: Retention = {
  id: 4,
  name: 'nightly',
  algorithm: 'or',
  enabled: true,
  rules: [
    {
      priority: 0,
      action: 'retain',
      template: 'latestPushedK',
      params: { latestPushedK: 10 },
      tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
      repo_scope_mode: 'regular',
    },
  ],
  trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
  content_hash: 'x',
}
const body = toRequest(nightly)
const keepFive = { ...body, rules: body.rules.map((rule) => ({ ...rule, params: { latestPushedK: 5 } })) }
const manual = { ...nightly, trigger: { type: 'manual', trigger_settings: { cron: '' } } }

describe('saving', () => {
  test('another name leaves an enabled schedule on', () => {
    expect(effectOfSaving({ ...body, name: 'other' }, nightly)).toBe('none')
  })

  test('other rules switch an enabled schedule off', () => {
    expect(effectOfSaving(keepFive, nightly)).toBe('switched_off')
    expect(withoutArming(keepFive, nightly).enabled).toBe(true)
  })

  test('a schedule in place of a press is another content', () => {
    expect(effectOfSaving(body, manual)).toBe('switched_off')
  })

  test('no save switches a schedule on', () => {
    expect(effectOfSaving(body, { ...nightly, enabled: false })).toBe('stays_off')
    expect(effectOfSaving(body, undefined)).toBe('stays_off')
    expect(withoutArming(body, undefined).enabled).toBe(false)
  })

  test('what nobody but a person starts may be enabled', () => {
    expect(effectOfSaving(toRequest(manual), undefined)).toBe('none')
    expect(withoutArming(toRequest(manual), undefined).enabled).toBe(true)
  })
})
