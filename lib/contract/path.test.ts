import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paramSchemas } from './params'
import { fill, match, type ParamName, projectPlaceholder } from './path'
import { type SwrOperation, swrRoutes } from './swr/operations'
import type { SwrRoute } from './swr/route'

const operations = Object.entries(swrRoutes) as [SwrOperation, SwrRoute][]
const namesIn = (path: string) => [...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => name)
const isParam = (name: string): name is ParamName => name in paramSchemas

const plain = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
const someFor = (name: ParamName) => {
  if (name.endsWith('_id') && name !== 'instance_id') return fc.bigInt({ min: 0n, max: 10n ** 18n }).map(String)
  const nested = fc.array(plain, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
  const name_ = name.startsWith('repository') ? nested.filter((text) => !text.includes('$')) : plain
  return name_.filter((text) => paramSchemas[name].safeParse(text).success)
}

describe.each(operations)('%s', (name, operation) => {
  const params = fc.record(
    Object.fromEntries(
      namesIn(operation.path)
        .filter(isParam)
        .map((param) => [param, someFor(param)]),
    ),
  )

  test('what is filled in is found again', () => {
    fc.assert(
      fc.property(params, (given) => {
        const path = fill(operation.path, given, projectPlaceholder)
        const project = operation.path.includes('{project_id}') ? projectPlaceholder : undefined
        expect(match(operation.method, path)).toEqual({ name, params: given, project })
        // And it survives a parser of addresses unchanged.
        expect(new URL(`http://h${path}`).pathname).toBe(path)
      }),
      { numRuns: 60 },
    )
  })

  test('a prefix, a longer path and another method are not it', () => {
    const path = fill(operation.path, Object.fromEntries(namesIn(operation.path).map((param) => [param, '7'])), '-')
    expect(match(operation.method, `${path}/`)).toBeNull()
    expect(match(operation.method, `${path}/more`)?.name).not.toBe(name)
    expect(match(operation.method, `/${path}`)).toBeNull()
    expect(match(operation.method, path.slice(1))).toBeNull()
    expect(match(operation.method, path.slice(0, path.lastIndexOf('/')))?.name).not.toBe(name)
    expect(match('HEAD', path)).toBeNull()
    expect(match('OPTIONS', path)).toBeNull()
  })
})

test('no path fits two operations', () => {
  const partsOf = (path: string) => path.split('/')
  const isParameter = (part: string | undefined) => part?.startsWith('{') ?? false
  const both = operations.flatMap(([name, { method, path }], index) =>
    operations.slice(index + 1).flatMap(([other, row]) => {
      const [parts, others] = [partsOf(path), partsOf(row.path)]
      const fits = parts.every((part, place) => {
        const rival = others[place]
        return part === rival || isParameter(part) || isParameter(rival)
      })
      return method === row.method && parts.length === others.length && fits ? [`${name} and ${other}`] : []
    }),
  )
  expect(both).toEqual([])
})

const repositories = '/v2/-/instances/i/namespaces/n/repositories'

test.each([
  ['enterprise', 'artifactList', `${repositories}/team%252Fapi/artifacts`, { repository_name: 'team/api' }],
  ['basic', 'basicTagList', '/v2/manage/namespaces/n/repos/team$api/tags', { repository: 'team/api' }],
  ['basic, escaped', 'basicTagList', '/v2/manage/namespaces/n/repos/team%24api/tags', { repository: 'team/api' }],
] as const)('the slash of a repository: %s', (_, name, path, params) => {
  const found = match('GET', path)
  expect(found).toMatchObject({ name, params })
  if (found) expect(fill(swrRoutes[name].path, found.params, '-')).toBe(path.replace('%24', '$'))
})

test.each([
  ['doubled slash', '/v2/-//instances'],
  ['doubled slash in front', '//v2/-/instances'],
  ['empty parameter', '/v2/-/instances//registries'],
  ['slash escaped once', `${repositories}/team%2Fapi/artifacts`],
  ['slash escaped once as a way out', '/v2/-/instances/x%2F..%2F..%2Fmanage'],
  ['backslash', '/v2/-/instances/a%5Cb'],
  ['escaped literal', '/v2/-/%69nstances'],
  ['case of a literal', '/v2/-/Instances'],
  ['broken escape', '/v2/-/instances/%zz'],
  ['broken UTF-8', '/v2/-/instances/%ff'],
  ['absolute address', 'http://elsewhere/v2/-/instances'],
  ['nothing', ''],
  ['only a prefix', '/v2/-'],
  ['other version', '/v3/-/instances'],
])('no operation: %s', (_, path) => expect(match('GET', path)).toBeNull())

describe('unsafe values are refused by the schemas', () => {
  const unsafe = ['', '.', '..', '%2e%2e', 'a%2Fb', '%', 'a?b', 'a#b', 'a\\b', 'a\r\nb', 'a\u0000b', 'x'.repeat(256)]
  test.each([...unsafe, 'a/b', '/'])('%j is no segment', (text) =>
    expect(paramSchemas.instance_id.safeParse(text).success).toBe(false),
  )
  test.each([...unsafe, '/a', 'a/', 'a//b', 'a/../b', './a'])('%j is no repository', (text) => {
    expect(paramSchemas.repository_name.safeParse(text).success).toBe(false)
    expect(paramSchemas.repository.safeParse(text).success).toBe(false)
  })
  test.each(['', '-1', '1.0', '0x1', ' 1', '1e3', '1'.repeat(20)])('%j is no id', (text) =>
    expect(paramSchemas.policy_id.safeParse(text).success).toBe(false),
  )
  test('dots inside are names', () => expect(paramSchemas.repository_name.safeParse('a.b/..c').success).toBe(true))
})
