import { beforeEach, expect, test } from 'vitest'
import { bench } from '../../testing/sandbox-client'
import { buildNamespaces } from '../builders'
import { field, listField, numberField, type Raw, textField } from '../json-fields'
import { prodId } from '../seed/registries'
import { copyFaults } from './copy-faults'
import { chosen, selected } from './copying'

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
  expect(selected(prod(), { filters: null })).toHaveLength(131)
})

const run = (id: unknown) => ({ ...here, execution_id: String(id) })
const page = { query: { offset: 0, limit: 100 } }
function tasksOf(id: unknown): unknown[] {
  const tasks: unknown[] = []
  for (let offset = 0; ; offset += 100) {
    const more = listField(at.ask('executionTaskList', run(id), { query: { offset, limit: 100 } }).json, 'tasks')
    tasks.push(...more)
    if (more.length < 100) return tasks
  }
}
const tagsOf = (id: unknown, task: unknown, query = {}) =>
  listField(
    at.ask(
      'executionSubtaskList',
      { ...run(id), task_id: String(field(task, 'id')) },
      { query: { ...page.query, ...query } },
    ).json,
    'sub_tasks',
  )
const allTags = (id: unknown) => tasksOf(id).flatMap((task) => tagsOf(id, task))
function grouped(rows: readonly unknown[], by: string): Record<string, unknown[]> {
  const groups: Record<string, unknown[]> = {}
  for (const row of rows) groups[textField(row, by)] = [...(groups[textField(row, by)] ?? []), row]
  return groups
}
const statuses = (rows: readonly unknown[]) => grouped(rows, 'status')

test('tasks and their tags move with the run, spelled as SWR spells them', () => {
  const id = field(start(policy()).json, 'id')
  expect(tasksOf(id)).toEqual([])
  at.pass(2)
  const [first, second] = tasksOf(id)
  expect(first).toMatchObject({
    execution_id: id,
    src_resource: expect.stringMatching(/^library\/nginx \[\d+ item\(s\) in total\]$/),
    dst_resource: expect.stringContaining('library/nginx ['),
    operation: 'copy',
    status: 'InProgress',
    StatusRevision: Date.parse('2026-03-04T09:30:01Z') / 1000,
    end_time: '0001-01-01T00:00:00.000Z',
  })
  expect(second).toMatchObject({ status: 'Initialized', job_id: '', start_time: '0001-01-01T00:00:00.000Z' })
  const moving = statuses(tagsOf(id, first))
  expect(moving.InProgress).toHaveLength(5)
  expect(moving.Succeed?.length).toBeGreaterThan(0)
  expect(moving.Pending?.length).toBeGreaterThan(0)
  expect(tagsOf(id, first, { status: 'InProgress' })).toEqual(moving.InProgress)
  at.pass(60)
  const tags = allTags(id)
  expect(Object.keys(statuses(tags))).toEqual(['Succeed'])
  expect(tags[0]).toMatchObject({ namespace: 'library', repository: 'nginx', job_id: field(first, 'job_id') })
  expect(
    tags
      .map((tag) => textField(tag, 'end_time'))
      .toSorted()
      .at(-1),
  ).toMatch(/09:30:07/)
})

test('a namespace at the target stands before the last part of the name', () => {
  const filters = [{ type: 'name', value: 'payments/team/api' }]
  const id = field(start(policy({ dest_namespace: 'mirror', filters })).json, 'id')
  at.pass(60)
  expect(tasksOf(id)).toMatchObject([
    {
      src_resource: expect.stringContaining('payments/team/api ['),
      dst_resource: expect.stringContaining('mirror/api ['),
    },
  ])
})

test('stopped: what is under way ends, the rest is not begun, and only then it has stopped', () => {
  const own = policy()
  const id = field(start(own).json, 'id')
  at.pass(2)
  expect(at.ask('executionStop', run(id))).toMatchObject({ status: 200, body: '' })
  expect(read(own)).toMatchObject([{ status: 'InProgress' }])
  expect(statuses(allTags(id)).InProgress).toHaveLength(5)
  at.pass(3)
  expect(read(own)).toMatchObject([{ status: 'Stopped', total: 2, stopped: 2, in_progress: 0 }])
  const ended = statuses(allTags(id))
  expect(ended.Succeed?.length).toBeGreaterThan(4)
  expect(ended.Stopped?.length).toBeGreaterThan(10)
  expect(at.ask('executionStop', run(id)).status).toBe(400)
  expect(at.ask('executionStop', run(999_999)).status).toBe(404)
})

test('stopped before it began: soon over, nothing was copied', () => {
  const own = policy()
  const id = field(start(own).json, 'id')
  at.ask('executionStop', run(id))
  at.pass(1)
  expect(read(own)).toMatchObject([{ status: 'Stopped', total: 2, stopped: 2 }])
})

test('a registry that is not there: failed without a task', () => {
  const own = policy()
  const instance = prod()
  instance.registries = instance.registries.filter((row) => numberField(row, 'id') !== 3)
  const id = field(start(own).json, 'id')
  at.pass(5)
  expect(read(own)).toMatchObject([{ status: 'Failed', total: 0, status_text: 'failed to get registry 3: not found' }])
  expect(tasksOf(id)).toEqual([])
})

test('an instance of the sandbox as a target: a namespace that it does not have is not made', () => {
  const filters = [{ type: 'name', value: '{library/nginx,data/trino}' }]
  const id = field(start(policy({ dest_registry: { id: 12 }, filters })).json, 'id')
  at.pass(60)
  expect(tasksOf(id)).toMatchObject([{ status: 'Succeed' }, { status: 'Failed' }])
  expect(tagsOf(id, tasksOf(id)[1])[0]).toMatchObject({ status: 'Failed', status_text: '404 namespace data not found' })
})

/** A run of a namespace that holds these repositories only; answers the policy and the run. */
function runOf(repositories: Record<string, readonly string[]>) {
  const wanted = Object.entries(repositories).map(([name, tags]) => ({
    name,
    tags: tags.map((tag) => ({ name: tag })),
  }))
  prod().namespaces.push(...buildNamespaces([{ name: 'odd', repositories: wanted }], '2026-01-01T00:00:00Z'))
  const own = policy({ filters: [{ type: 'name', value: 'odd/**' }] })
  return { own, id: field(start(own).json, 'id') }
}

const failing = Object.entries(copyFaults).flatMap(([name, { kind }]) => (kind === undefined ? [name] : []))

test.each(failing)('a tag or a repository named %s fails by itself', (name) => {
  const { own, id } = runOf({ app: [`${name}-1`, 'good'], [name]: ['any'] })
  at.pass(60)
  expect(read(own)).toMatchObject([{ status: 'Failed', failed: 2, status_text: '' }])
  const [bad, good, other] = allTags(id)
  expect(bad).toMatchObject({ status: 'Failed', status_text: expect.stringMatching(/\w{3}/) })
  expect(good).toMatchObject({ status: 'Succeed', status_text: '' })
  expect(other).toMatchObject({ status: 'Failed' })
})

test('a run whose failures pass goes from Failed over InProgress to Succeed, under the same id', () => {
  const { own, id } = runOf({ app: ['fault-passing', 'good'] })
  at.pass(10)
  expect(read(own)).toMatchObject([{ id, status: 'Failed', failed: 1 }])
  expect(statuses(allTags(id)).Failed).toHaveLength(1)
  at.pass(3)
  expect(read(own)).toMatchObject([{ id, status: 'InProgress', failed: 0 }])
  at.pass(10)
  expect(read(own)).toMatchObject([{ id, status: 'Succeed', failed: 0, succeed: 1 }])
  expect(Object.keys(statuses(allTags(id)))).toEqual(['Succeed'])
})

test('a run that hangs goes on for days, until it is stopped', () => {
  const { own, id } = runOf({ app: ['fault-hangs', 'good'] })
  at.pass(9 * 24 * 3600)
  expect(read(own)).toMatchObject([{ status: 'InProgress', in_progress: 1 }])
  at.ask('executionStop', run(id))
  at.pass(3)
  expect(read(own)).toMatchObject([{ status: 'Stopped' }])
})

test('what was deleted is a task of its own, which is no copy', () => {
  const { id } = runOf({ app: ['fault-deletion', 'good'] })
  at.pass(60)
  const tasks = tasksOf(id)
  expect(tasks).toMatchObject([
    { operation: 'copy', status: 'Succeed', src_resource: 'odd/app [1 item(s) in total]' },
    { operation: 'deletion', status: 'Failed' },
  ])
  expect(tagsOf(id, tasks[1])).toMatchObject([{ tag: 'fault-deletion', status: 'Failed' }])
})

test('a repository that fails as a whole has no tags; the run says why', () => {
  const { own, id } = runOf({ 'fault-whole': ['v1', 'v2'], app: ['v1'] })
  at.pass(60)
  expect(read(own)).toMatchObject([
    { status: 'Failed', total: 2, failed: 1, status_text: expect.stringMatching(/500/) },
  ])
  const failed = tasksOf(id).filter((row) => textField(row, 'status') === 'Failed')
  expect(failed).toMatchObject([{ operation: 'copy', src_resource: expect.stringMatching(/^odd\/fault-whole /) }])
  expect(tagsOf(id, failed[0])).toEqual([])
})

test('tasks name their repositories in the older way where that is wanted', () => {
  prod().taskNames = 'listed'
  const { id } = runOf({ app: ['v1', 'v2'] })
  at.pass(60)
  expect(tasksOf(id)).toMatchObject([{ src_resource: 'odd/app:[v1,v2]', dst_resource: 'odd/app:[v1,v2]' }])
})

test('the demo has a long run with two causes to understand', () => {
  at.pass(1)
  const got = at.ask('executionList', here, { query: { policy_id: 113, offset: 0, limit: 10 } }).json
  const long = listField(got, 'executions').find(
    (row) => numberField(row, 'total') === 14 && numberField(row, 'failed') === 3,
  )
  const tags = allTags(field(long, 'id'))
  expect(tags).toHaveLength(500)
  const failed = tags.filter((row) => textField(row, 'status') === 'Failed')
  const texts = grouped(failed, 'status_text')
  expect(Object.entries(texts).map(([text, rows]) => [text, rows.length])).toEqual([
    ['401 unauthorized: authentication required', 31],
    ['404 namespace payments-dr2 not found', 6],
  ])
})

test('what is over has tasks that agree with its counters, also after its policy has changed', () => {
  const { executions } = prod()
  const past = executions.filter(
    (row) => textField(row, 'status') !== 'InProgress' && (numberField(row, 'total') ?? 0) > 2,
  )
  const before = past.slice(0, 40).map((row) => {
    const ended = statuses(tasksOf(field(row, 'id')))
    expect(ended.Succeed?.length ?? 0).toBe(numberField(row, 'succeed'))
    expect(ended.Failed?.length ?? 0).toBe(numberField(row, 'failed'))
    expect(ended.Stopped?.length ?? 0).toBe(numberField(row, 'stopped'))
    return tasksOf(field(row, 'id'))
  })
  prod().policies = []
  expect(past.slice(0, 40).map((row) => tasksOf(field(row, 'id')))).toEqual(before)
})

test('a filter with the decoration of Harbor leaves tags out', () => {
  const filters = [
    { type: 'name', value: 'library/nginx' },
    { type: 'tag', value: 'latest', decoration: 'excludes' },
  ]
  const [nginx] = chosen(prod(), { filters })
  const all = chosen(prod(), { filters: filters.slice(0, 1) })[0]?.tags ?? []
  expect(nginx?.tags.map(({ name }) => name)).toEqual(all.map(({ name }) => name).filter((name) => name !== 'latest'))
  expect(all.map(({ name }) => name)).toContain('latest')
})

test('a pull from the Basic Edition copies everything, or what is filtered', () => {
  const filters = [{ type: 'name', value: 'library/nginx' }]
  const pull = (id: number) => ({ src_registry: { id }, dest_registry: { id: 0 }, filters })
  const [basic, harbor] = [15, 3]
  expect(selected(prod(), pull(basic)).length).toBeGreaterThan(100)
  expect(selected(prod(), pull(harbor))).toEqual(['library/nginx'])
  expect(selected(prod(), { dest_registry: { id: basic }, filters })).toEqual(['library/nginx'])
  prod().basicPull = 'filtered'
  expect(selected(prod(), pull(basic))).toEqual(['library/nginx'])
})
