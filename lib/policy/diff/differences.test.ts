import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from './differences'

const policy = {
  name: 'test',
  description: 'old',
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: '**' },
  ],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  enabled: true,
}

test('a new object adds every leaf, in its order', () => {
  expect(differences(undefined, policy).map(({ path, kind, after }) => [path, kind, after])).toEqual([
    ['name', 'added', 'test'],
    ['description', 'added', 'old'],
    ['filters[name].type', 'added', 'name'],
    ['filters[name].value', 'added', 'library/**'],
    ['filters[tag].type', 'added', 'tag'],
    ['filters[tag].value', 'added', '**'],
    ['trigger.type', 'added', 'manual'],
    ['trigger.trigger_settings.cron', 'added', ''],
    ['enabled', 'added', true],
  ])
})

test('leaves are compared one by one, what disappears comes last', () => {
  const { description: _, ...rest } = policy
  const after = {
    ...rest,
    filters: [policy.filters[1], { type: 'name', value: 'aa/**' }],
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
    dest_namespace: 'mirror',
  }
  expect(differences(policy, after)).toEqual([
    { path: 'filters[name].value', kind: 'changed', before: 'library/**', after: 'aa/**' },
    { path: 'trigger.type', kind: 'changed', before: 'manual', after: 'scheduled' },
    { path: 'trigger.trigger_settings.cron', kind: 'changed', before: '', after: '0 0 2 * * *' },
    { path: 'dest_namespace', kind: 'added', after: 'mirror' },
    { path: 'description', kind: 'removed', before: 'old' },
  ])
})

test.each([
  [{ imageTag: ['V1', 'V2'] }, { imageTag: ['V2', 'V3'] }, ['imageTag[V3] added', 'imageTag[V1] removed']],
  [
    { rules: [{ params: { a: 1 } }] },
    { rules: [{ params: { b: 1 } }] },
    ['rules[0].params.b added', 'rules[0].params.a removed'],
  ],
  [
    { f: [{ type: 'tag', v: 1 }] },
    {
      f: [
        { type: 'tag', v: 1 },
        { type: 'tag', v: 2 },
      ],
    },
    ['f[1].type added', 'f[1].v added'],
  ],
  [{ a: null }, { a: 0 }, ['a changed']],
  [{ a: null }, {}, ['a removed']],
  [{ a: 'x' }, { a: { b: 1 } }, ['a changed']],
  [{ a: [] }, { a: undefined }, []],
  [{ a: 10 }, { a: '10' }, ['a changed']],
])('%j → %j', (before, after, found) => {
  expect(differences(before, after).map(({ path, kind }) => `${path} ${kind}`)).toEqual(found)
})

test('equal objects have none, and both ways find the same paths', () => {
  const swap = { added: 'removed', removed: 'added', changed: 'changed' }
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(differences(one, structuredClone(one))).toEqual([])
      const there = differences(one, other).map(({ path, kind }) => `${path} ${kind}`)
      const back = differences(other, one).map(({ path, kind }) => `${path} ${swap[kind]}`)
      expect(there.sort()).toEqual(back.sort())
    }),
  )
})
