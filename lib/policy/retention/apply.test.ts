import { describe, expect, test } from 'vitest'
import type { Retention } from '../../contract/swr/retention'
import { appliedBody, likenessOf } from './apply'

const keep = (amount: number, more: Partial<Retention> = {}): Retention => ({
  id: 4,
  name: 'keep',
  namespace_name: 'library',
  algorithm: 'or',
  enabled: true,
  rules: [
    {
      id: amount,
      template: 'latestPushedK',
      params: { latestPushedK: amount },
      tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
    },
  ],
  trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
  content_hash: 'x',
  ...more,
})

describe('a policy for further namespaces', () => {
  test('differs by rules and trigger, not by name, number or whether it is enabled', () => {
    expect(likenessOf(keep(10), null)).toBe('none')
    expect(likenessOf(keep(10), keep(10, { id: 9, name: 'other', enabled: false }))).toBe('same')
    expect(likenessOf(keep(10), keep(5))).toBe('differs')
    expect(likenessOf(keep(10), keep(10, { trigger: { type: 'manual', trigger_settings: undefined } }))).toBe('differs')
  })

  test('differs by a number that one of them holds as text: it counts as ten there', () => {
    const asText = ({ rules, ...more }: Retention): Retention => ({
      ...more,
      rules: rules.map((rule) => ({ ...rule, params: { latestPushedK: '5' } })),
    })
    expect(likenessOf(keep(5), asText(keep(5)))).toBe('differs')
    expect(likenessOf(asText(keep(5)), asText(keep(5)))).toBe('same')
    expect(appliedBody(asText(keep(5)), null).rules).toMatchObject([{ params: { latestPushedK: '5' } }])
  })

  test('differs by what the console does not know', () => {
    const [rule] = keep(5).rules
    const odd = rule && keep(5, { rules: [{ ...rule, grace: 3 }] })
    expect(odd && likenessOf(keep(5), odd)).toBe('differs')
  })

  test('is created disabled where a schedule would start it', () => {
    expect(appliedBody(keep(10), null)).toMatchObject({ name: 'keep', enabled: false })
    const manual = keep(10, { trigger: { type: 'manual', trigger_settings: { cron: '' } } })
    expect(appliedBody(manual, null)).toMatchObject({ enabled: true })
    const event = keep(10, { trigger: { type: 'event', trigger_settings: undefined } })
    expect(appliedBody(event, null)).toMatchObject({ enabled: false })
  })

  test('replaces rules and trigger of one that is there, and nothing else', () => {
    const body = appliedBody(keep(10), keep(5, { id: 9, name: 'other' }))
    expect(body).toMatchObject({ name: 'other', enabled: true, rules: [{ params: { latestPushedK: 10 } }] })
  })
})
