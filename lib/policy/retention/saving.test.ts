import { describe, expect, test } from 'vitest'
import type { DryRun } from '../../contract/console/retention-runs'
import type { Retention } from '../../contract/swr/retention'
import { toRequest } from './request'
import { effectOfSaving, settled, withoutArming } from './saving'

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
const none = { images: 0, tags: 0, bytes: 0 }
const dryRun: DryRun = {
  id: 7,
  at: '2026-11-28T12:00:00Z',
  endedAt: '2026-11-28T12:01:00Z',
  actorId: 'somebody',
  actorName: 'somebody@example.com',
  reason: null,
  content: 'c',
  execution: 3,
  version: 1,
  state: 'done',
  failure: null,
  text: '',
  totals: { keep: none, delete: none, unknown: none, differences: 0 },
  repositories: 1,
  seen: null,
  warnings: [],
  until: null,
}
const manual = { ...nightly, trigger: { type: 'manual', trigger_settings: { cron: '' } } }

describe('saving', () => {
  test('another name leaves an enabled schedule on', () => {
    expect(effectOfSaving({ ...body, name: 'other' }, nightly)).toBe('none')
  })

  test('other rules switch an enabled schedule off', () => {
    expect(effectOfSaving(keepFive, nightly)).toBe('switched_off')
    expect(withoutArming(keepFive, nightly).enabled).toBe(true)
  })

  test('a number in place of the same as text is another content', () => {
    const text = { ...nightly, rules: nightly.rules.map((rule) => ({ ...rule, params: { latestPushedK: '10' } })) }
    expect(effectOfSaving(body, text)).toBe('switched_off')
    expect(effectOfSaving({ ...toRequest(text), name: 'other' }, text)).toBe('none')
  })

  test('whatever begins runs by itself is a schedule, also what the console does not know', () => {
    const event = { ...nightly, trigger: { type: 'event', trigger_settings: undefined } }
    const changed = { ...toRequest(event), rules: keepFive.rules }
    expect(effectOfSaving(changed, event)).toBe('switched_off')
    expect(effectOfSaving(changed, { ...event, enabled: false })).toBe('stays_off')
    expect(effectOfSaving({ ...body, trigger: undefined }, nightly)).toBe('none')
  })

  test('a schedule stays on by the dry run that the server names, and is off where it names a reason or nothing', () => {
    const off = { body: { ...keepFive, enabled: false } }
    expect(settled(keepFive, { because: null, dryRun })).toEqual({ body: keepFive, dryRun: '7' })
    expect(settled(keepFive, { because: 'above_ceiling', dryRun })).toEqual(off)
    expect(settled(keepFive, { because: null, dryRun: null })).toEqual(off)
    expect(settled(keepFive, null)).toEqual(off)
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
