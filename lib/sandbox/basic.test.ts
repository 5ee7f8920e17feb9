import { beforeEach, expect, test } from 'vitest'
import { bench } from '../testing/sandbox-client'
import type { Ask } from '../testing/signed-request'
import { buildOrganization } from './builders'
import { demo } from './demo'
import { textField } from './json-fields'

let at = bench()
beforeEach(() => {
  at = bench()
})

const repositories = (query: Ask['query'] = {}) => at.ask('basicRepositoryList', {}, { query })
const api = { namespace: 'payments', repository: 'web/api' }
const rows = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const item = (code: string) => ({
  errorCode: `SVCSTG.SWR.${code}`,
  errorMessage: expect.any(String),
  detail: expect.any(String),
})

test('lists are bare arrays; Content-Range comes only with offset and limit', () => {
  const all = repositories()
  expect(rows(all.json).length).toBe(15)
  expect(all.headers['Content-Range']).toBeUndefined()
  const page = repositories({ offset: 3, limit: 5 })
  expect(page.headers['Content-Range']).toBe('3-5/15')
  expect(rows(page.json)[0]).toMatchObject({ total_range: 15 })
  expect(repositories({ offset: 10, limit: 1000 }).headers['Content-Range']).toBe('10-5/15')
  const tags = at.ask('basicTagList', api, { query: { offset: 0, limit: 2 } })
  expect(tags.headers['Content-Range']).toMatch(/^0-2\/\d+$/)
})

test.each<Ask['query'] & object>([{ offset: 0 }, { limit: 10 }, { offset: 0, limit: 1001 }, { offset: 0, limit: 0 }])(
  '%j is a bad page',
  (query) => {
    expect(repositories(query)).toMatchObject({ status: 400, json: [item('4000056')] })
  },
)

test('a page that is no number is a bad parameter', () => {
  expect(repositories({ offset: 'x', limit: 10 })).toMatchObject({ status: 400, json: [item('4000014')] })
})

test('filter wins over single parameters', () => {
  const got = repositories({ namespace: 'edge', filter: 'namespace::storefront|limit::2|offset::0' })
  expect(got.headers['Content-Range']).toBe('0-2/4')
  expect(rows(got.json).every((row) => textField(row, 'namespace') === 'storefront')).toBe(true)
})

test('by namespace, by part of a name, sorted', () => {
  const names = rows(repositories({ namespace: 'payments', name: 'web', order_column: 'name', order_type: 'asc' }).json)
  expect(names.map((row) => textField(row, 'name'))).toEqual(['web/api', 'web/frontend'])
  expect(repositories({ order_column: 'colour' }).status).toBe(400)
})

test('tags are found by a part of their name, or by the whole of it where an organization is told so', () => {
  const found = (namespace: string, tag: string) =>
    rows(at.ask('basicTagList', { namespace, repository: 'api' }, { query: { tag } }).json).map((row) =>
      textField(row, 'Tag'),
    )
  const tags = ['v1', 'v1.1', 'v2'].map((name) => ({ name }))
  for (const tagSearch of ['part', 'whole'] as const) {
    const head = { id: tagSearch.length, name: `by-${tagSearch}`, project: demo.project, auth: 7, tagSearch } as const
    at.world.basic.organizations.push(buildOrganization(head, [{ name: 'api', tags }], 'now'))
  }
  expect(found('by-part', 'v1').sort()).toEqual(['v1', 'v1.1'])
  expect(found('by-whole', 'v1')).toEqual(['v1'])
})

test('what is missing has a code of its own', () => {
  const tags = (namespace: string, repository: string) => at.ask('basicTagList', { namespace, repository })
  expect(tags('nowhere', 'web/api')).toMatchObject({ status: 404, json: [item('4040058')] })
  expect(tags('payments', 'web')).toMatchObject({ status: 404, json: [item('4040010')] })
})
