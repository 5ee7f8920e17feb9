import { expect, test } from 'vitest'
import { swrSchemas } from '../../contract/swr/schemas'
import { copyBody, freeName, planCopies } from './duplicate'

test('a name for a copy is free and not too long', () => {
  expect(freeName('nightly', [])).toBe('nightly-copy')
  expect(freeName('nightly', ['nightly-copy', 'nightly-copy-2'])).toBe('nightly-copy-3')
  const long = 'x'.repeat(256)
  const first = freeName(long, [])
  expect(first).toHaveLength(256)
  expect(freeName(long, [first])).toMatch(/^x{249}-copy-2$/)
})

test('each registry gets a name of its own, and what is wrong with it is said', () => {
  const registries = [
    { id: 1, name: 'frankfurt' },
    { id: 2, name: 'paris' },
  ]
  const flaws = (pattern: string, taken: string[] = []) => planCopies('nightly', pattern, registries, taken)
  expect(flaws('{policy}-{registry}')).toEqual([
    { registry: 1, name: 'nightly-frankfurt', flaw: null },
    { registry: 2, name: 'nightly-paris', flaw: null },
  ])
  expect(flaws('{policy}-{registry}', ['nightly-paris']).map(({ flaw }) => flaw)).toEqual([null, 'name_taken'])
  expect(flaws('same').map(({ flaw }) => flaw)).toEqual([null, 'name_taken'])
  expect(flaws(' ').map(({ flaw }) => flaw)).toEqual(['required', 'required'])
  expect(flaws('a.{registry}').map(({ flaw }) => flaw)).toEqual(['name_characters', 'name_characters'])
  expect(flaws(`${'x'.repeat(250)}{registry}`).map(({ flaw }) => flaw)).toEqual(['too_long', null])
})

const policy = {
  id: 7,
  name: 'nightly',
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: 'a/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  override: true,
  enabled: true,
}

test('a copy says the same of another registry, and is off', () => {
  const push = swrSchemas.replicationShow.response.parse(policy)
  expect(copyBody(push, { name: 'other', registry: 9 })).toMatchObject({
    name: 'other',
    dest_registry: { id: 9 },
    override: true,
    enabled: false,
  })
  const pull = swrSchemas.replicationShow.response.parse({
    ...policy,
    src_registry: { id: 3 },
    dest_registry: { id: 0 },
  })
  const body = copyBody(pull, { name: 'other', registry: 9 })
  expect(body).toMatchObject({ src_registry: { id: 9 } })
  expect(body).not.toHaveProperty('dest_registry')
})

test('a copy repeats what the console would refuse, under a name that SWR takes', () => {
  const label = { type: 'label', value: ['a', 'b'] }
  const odd = swrSchemas.replicationShow.response.parse({ ...policy, filters: [label], trigger: { type: 'hourly' } })
  expect(copyBody(odd, { name: 'other', registry: 9 })).toMatchObject({ filters: [label], trigger: { type: 'hourly' } })
  expect(freeName('legacy sync v1.0', [])).toBe('legacy-sync-v1-0-copy')
  expect(freeName('支付-同步_1', [])).toBe('支付-同步_1-copy')
  expect(freeName('...', [])).toBe('policy-copy')
  const [copy] = planCopies('同步 v1.0', '{policy}-{registry}', [{ id: 1, name: '上海 (2)' }], [])
  expect(copy).toEqual({ registry: 1, name: '同步-v1-0-上海-2', flaw: null })
  // Lengths count characters: this one takes two units each.
  expect([...freeName('𠀀'.repeat(256), [])]).toHaveLength(256)
})
