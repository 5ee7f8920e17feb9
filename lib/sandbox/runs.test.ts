import { beforeEach, expect, test } from 'vitest'
import { bench } from './bench'
import { field, listField, numberField, type Raw, textField } from './row'
import { selected } from './runs'
import { prodId } from './seed/registries'

let at = bench()
beforeEach(() => {
  at = bench()
})
const here = { instance_id: prodId }

function prod() {
  const instance = at.world.instances.get(prodId)
  if (!instance) throw new Error('no production instance')
  return instance
}

function policy(changes: Raw = {}): number {
  const body = {
    name: 'under-test',
    dest_registry: { id: 3 },
    filters: [{ type: 'name', value: 'library/{nginx,redis,nothing}' }],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    enabled: true,
    ...changes,
  }
  return Number(field(at.ask('replicationCreate', here, { body }).json, 'id'))
}
const start = (policy_id: unknown) => at.ask('executionStart', here, { body: { policy_id } })
const read = (policy_id: number) => {
  const got = at.ask('executionList', here, { query: { policy_id, offset: 0, limit: 10 } }).json
  return listField(got, 'executions')
}
const counters = (row: unknown) =>
  ['total', 'succeed', 'failed', 'in_progress', 'stopped'].map((name) => numberField(row, name))

test('a run begins, works through its repositories and ends', () => {
  const id = policy()
  const started = start(id)
  expect(started).toMatchObject({ status: 202, json: { id: expect.any(Number) } })
  expect(read(id)).toMatchObject([{ ...Object(started.json), policy_id: id, status: 'Initialized', trigger: 'manual' }])
  at.pass(2)
  expect(read(id)).toMatchObject([{ status: 'InProgress' }])
  expect(counters(read(id)[0])).toEqual([2, 0, 0, 2, 0])
  at.pass(3)
  expect(counters(read(id)[0])).toEqual([2, 1, 0, 1, 0])
  at.pass(60)
  expect(read(id)).toMatchObject([{ status: 'Succeed', status_text: '' }])
  expect(counters(read(id)[0])).toEqual([2, 2, 0, 0, 0])
  expect(textField(read(id)[0], 'updated_at')).toMatch(/09:30:07/)
})

test('the counters always add up', () => {
  const id = policy({ filters: [{ type: 'name', value: '**' }] })
  start(id)
  for (let second = 0; second < 420; second += 7) {
    const [total = 0, ...parts] = counters(read(id)[0])
    expect(parts.reduce((sum: number, part) => sum + (part ?? 0), 0)).toBe(total)
    at.pass(7)
  }
  expect(read(id)).toMatchObject([{ status: 'Succeed' }])
})

test('an unhealthy registry fails every task and says why', () => {
  const id = policy({ dest_registry: { id: 21 } })
  start(id)
  at.pass(60)
  expect(read(id)).toMatchObject([{ status: 'Failed', status_text: expect.stringContaining('i/o timeout') }])
  expect(counters(read(id)[0])).toEqual([2, 0, 2, 0, 0])
})

test('nothing matched: no task, ended, said so', () => {
  const id = policy({ filters: [{ type: 'name', value: 'library' }] })
  start(id)
  at.pass(2)
  expect(read(id)).toMatchObject([{ status: 'Succeed', total: 0, status_text: 'no resources need to be replicated' }])
})

test('two runs of one policy go side by side, the newest listed first', () => {
  const id = policy()
  const [first, second] = [start(id), start(id)].map((got) => field(got.json, 'id'))
  expect(read(id).map((row) => field(row, 'id'))).toEqual([second, first])
})

test.each<[string, () => unknown]>([
  ['an unknown policy', () => 99_999],
  ['a disabled one', () => policy({ enabled: false })],
  ['none', () => undefined],
  ['an id as text', () => String(policy())],
])('%s cannot be run', (_, id) => {
  expect(start(id())).toMatchObject({ status: 400, json: { error_code: expect.any(String) } })
})

test('seeded runs move, wait and end', () => {
  const statuses = () => {
    const got = at.ask('executionList', here, { query: { offset: 0, limit: 10 } }).json
    return new Set(listField(got, 'executions').map((row) => textField(row, 'status')))
  }
  expect([...statuses()]).toEqual(expect.arrayContaining(['InProgress', 'Pending']))
  at.pass(24 * 3600)
  expect(statuses().has('InProgress') || statuses().has('Pending')).toBe(false)
})

test.each<[string, string[]]>([
  ['payments/team/*', ['payments/team/api', 'payments/team/worker']],
  ['payments/*', []],
  ['{library/nginx,payments/gateway}', ['library/nginx', 'payments/gateway']],
])('%s selects', (value, expected) => {
  const names = selected(prod(), { filters: [{ type: 'name', value }] })
  if (expected.length > 0) expect(names).toEqual(expected)
  else expect(names.every((name) => name.split('/').length === 2)).toBe(true)
})

test('a tag filter leaves repositories without such a tag alone', () => {
  expect(selected(prod(), { filters: [{ type: 'tag', value: 'no-such-tag' }] })).toEqual([])
  expect(selected(prod(), { filters: null })).toHaveLength(130)
})
