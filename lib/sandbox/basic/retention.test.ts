import { expect, test } from 'vitest'
import { syncBench } from '../../testing/basic-bench'
import { field, listField, numberField, textField } from '../json-fields'

const now = Date.parse('2026-03-04T09:30:00Z')
const ago = (days: number) => new Date(now - days * 86_400_000).toISOString()
const tags = [
  ['v1', 40],
  ['v2', 30],
  ['v3', 20],
  ['latest', 50],
  ['rc-7', 60],
].map(([name, days]) => ({ name, pushed: ago(Number(days)) }))
const place = { namespace: 'kept', repository: 'web/api' }

function kept() {
  const at = syncBench()
  at.control('POST', '/organizations', { name: 'kept', repositories: [{ name: 'web/api', tags }] })
  const rule = (template: string, params: object, tag_selectors: object[] = []) => ({
    body: { algorithm: 'or', rules: [{ template, params, tag_selectors }] },
  })
  return {
    ...at,
    rule,
    names() {
      const got: unknown = at.ask('basicTagList', place).json
      return (Array.isArray(got) ? got : []).map((row) => textField(row, 'Tag')).toSorted()
    },
    create: (...args: Parameters<typeof rule>) => at.ask('basicRetentionCreate', place, rule(...args)),
    log: (query = { offset: 0, limit: 100 }) => at.ask('basicRetentionLogList', place, { query }),
    push: (name: string) =>
      at.control('POST', '/push', { organization: 'kept', repositories: [{ name: 'web/api', tags: [name] }] }),
  }
}
const exceptions = [
  { kind: 'label', pattern: 'latest' },
  { kind: 'regexp', pattern: '^rc-\\d+$' },
]

test('a rule deletes as it is saved, but for its exceptions, and says in its log what', () => {
  const at = kept()
  const created = at.create('tag_rule', { num: '1' }, exceptions)
  expect(created).toMatchObject({ status: 201, json: { id: expect.any(Number) } })
  expect(at.names()).toEqual(['latest', 'rc-7', 'v3'])
  const log = at.log()
  expect(log.headers['Content-Range']).toBe('0-2/2')
  expect(log.json).toMatchObject({
    total: 2,
    retention_log: [
      { tag: 'v1', namespace: 'kept', repo: 'web/api', retention_id: field(created.json, 'id') },
      { tag: 'v2' },
    ],
  })
  expect(JSON.parse(textField(listField(log.json, 'retention_log')[0], 'rule_type'))).toEqual({
    template: 'tag_rule',
    params: { num: '1' },
    tag_selectors: exceptions,
  })
  expect(at.log({ offset: 1, limit: 1 }).headers['Content-Range']).toBe('1-1/2')
})

test('the log goes back about three months', () => {
  const at = kept()
  at.create('tag_rule', { num: '1' }, exceptions)
  at.pass(90 * 86_400)
  expect(at.log().json).toMatchObject({ total: 2 })
  at.pass(5 * 86_400)
  expect(at.log().json).toMatchObject({ total: 0, retention_log: [] })
})

test('days count from the last change of a tag, and go on passing', () => {
  const at = kept()
  at.create('date_rule', { days: '35' }, exceptions)
  expect(at.names()).toEqual(['latest', 'rc-7', 'v2', 'v3'])
  at.pass(6 * 86_400)
  expect(at.names()).toEqual(['latest', 'rc-7', 'v3'])
})

test('a push lets the rule work again', () => {
  const at = kept()
  at.create('tag_rule', { num: '2' }, exceptions)
  expect(at.names()).toEqual(['latest', 'rc-7', 'v2', 'v3'])
  at.push('v4')
  expect(at.names()).toEqual(['latest', 'rc-7', 'v3', 'v4'])
})

test('a change works at once; the template stays', () => {
  const at = kept()
  const retention_id = String(numberField(at.create('tag_rule', { num: '5' }).json, 'id'))
  expect(at.names()).toHaveLength(5)
  const change = (...args: Parameters<typeof at.rule>) =>
    at.ask('basicRetentionUpdate', { ...place, retention_id }, at.rule(...args))
  expect(change('date_rule', { days: '1' }).status).toBe(400)
  expect(change('tag_rule', { num: '2' })).toMatchObject({ status: 201, body: '' })
  expect(at.names()).toEqual(['v2', 'v3'])
  expect(at.ask('basicRetentionList', place).json).toMatchObject([{ rules: [{ params: { num: '2' } }], scope: '' }])
})

test('one rule for a repository, and none that is not known', () => {
  const at = kept()
  const retention_id = String(numberField(at.create('tag_rule', { num: '5' }).json, 'id'))
  expect(at.create('tag_rule', { num: '5' }).status).toBe(400)
  const refused = { status: 400, json: { errors: [{ errorCode: 'SVCSTG.SWR.4000306' }] } }
  const unknown = { ...place, retention_id: '1' }
  expect(at.ask('basicRetentionUpdate', unknown, at.rule('tag_rule', { num: '5' }))).toMatchObject(refused)
  expect(at.ask('basicRetentionDelete', unknown)).toMatchObject(refused)
  expect(at.ask('basicRetentionDelete', { ...place, retention_id })).toMatchObject({ status: 200, body: '' })
  expect(at.ask('basicRetentionDelete', { ...place, retention_id })).toMatchObject(refused)
  expect(at.ask('basicRetentionList', place).json).toEqual([])
})

test.each([
  ['tag_rule', { num: '0' }],
  ['tag_rule', { num: '1001' }],
  ['tag_rule', { num: 5 }],
  ['tag_rule', { days: '5' }],
  ['date_rule', { days: '366' }],
  ['date_rule', { days: '5', num: '5' }],
])('%s with %j is refused and deletes nothing', (template, params) => {
  const at = kept()
  expect(at.create(template, params).status).toBe(400)
  expect(at.names()).toHaveLength(5)
})

test('a wrong regular expression is refused', () => {
  const at = kept()
  expect(at.create('tag_rule', { num: '1' }, [{ kind: 'regexp', pattern: '(' }]).status).toBe(400)
  expect(at.names()).toHaveLength(5)
})

test('a rule that was made elsewhere says what it likes, and deletes from the next push on', () => {
  const at = kept()
  const rule = {
    template: 'tag_rule',
    params: { num: '1' },
    tag_selectors: [{ kind: 'label', pattern: 'v1', more: 1 }],
  }
  const put = (repository: string) =>
    at.control('POST', '/basic-retentions', { organization: 'kept', repository, rules: [rule] })
  expect(put('web/none').status).toBe(404)
  expect(put('web/api')).toMatchObject({ status: 201, json: { id: expect.any(Number) } })
  expect(at.ask('basicRetentionList', place).json).toMatchObject([{ algorithm: 'or', rules: [rule] }])
  expect(at.names()).toHaveLength(5)
  at.push('v9')
  expect(at.names()).toEqual(['v1', 'v9'])
})
