import { describe, expect, test } from 'vitest'
import { immutableRule, keepNewest, pushedAgo, retentionBench } from '../../testing/retention-bench'
import { listField, numberField } from '../json-fields'

const five = [50, 40, 30, 20, 10].map((days, index) => pushedAgo(`v${index + 1}`, days))
const shop = [
  { name: 'api', tags: five },
  { name: 'team/web', tags: five.slice(0, 3), untagged: [{ pushed: '2026-03-01T00:00:00Z' }] },
]

test('a dry run moves with the clock and deletes nothing', () => {
  const at = retentionBench(shop)
  const policy = at.policy(keepNewest(2))
  const run = at.start(policy, true)
  expect(at.executions(policy)).toMatchObject([
    { id: Number(run), policy_id: Number(policy), dry_run: true, status: 'InProgress', trigger: 'manual' },
  ])
  expect(at.tasks(policy, run)).toEqual([])
  at.pass(2)
  expect(at.tasks(policy, run)).toMatchObject([
    { repository: 'api', status: 'InProgress', end_time: '0001-01-01T00:00:00.000Z' },
    { repository: 'team/web', status: 'Initialized' },
  ])
  expect(at.subtasks(policy, run)).toEqual([])
  at.pass(3)
  expect(at.tasks(policy, run)).toMatchObject([
    { status: 'Succeed', total: 5, retained: 2 },
    { status: 'InProgress', total: 0, retained: 0 },
  ])
  at.pass(3)
  expect(at.executions(policy)).toMatchObject([{ status: 'Succeed', end_time: expect.stringMatching(/09:30:07/) }])
  expect(at.tasks(policy, run)).toMatchObject([{}, { status: 'Succeed', total: 4, retained: 2 }])
  expect(at.subtasks(policy, run)).toEqual([
    ...['v3', 'v2', 'v1'].map((tag) => `api:${tag} DEL Succeed`),
    ...['v2', 'v1'].map((tag) => `team/web:${tag} DEL Succeed`),
  ])
  expect(at.tags('api')).toEqual(['v1', 'v2', 'v3', 'v4', 'v5'])
})

test('a real run deletes images with all their tags and signatures; collecting garbage frees their bytes', () => {
  const images = [
    pushedAgo('v1', 9, { digest: 'sha256:a', size: 1000, signatures: 2 }),
    pushedAgo('old', 9, { digest: 'sha256:a' }),
    pushedAgo('v2', 1, { digest: 'sha256:b', size: 500, signatures: 1 }),
  ]
  const at = retentionBench([{ name: 'api', tags: images, untagged: [{ pushed: '2025-01-01T00:00:00Z', size: 70 }] }])
  const used = at.storage()
  expect(used).toBeGreaterThan(1570)
  const place = { ...at.shop, repository_name: 'api' }
  const accessories = (reference: string) => at.ask('accessoryList', { ...place, reference })
  expect(accessories('sha256:a').json).toMatchObject({ total: 2 })
  const policy = at.policy(keepNewest(1))
  const run = at.start(policy, false)
  at.pass(60)
  expect(at.tasks(policy, run)).toMatchObject([{ total: 3, retained: 1 }])
  expect(at.subtasks(policy, run)).toEqual(['api:v1 DEL Succeed', 'api:old DEL Succeed', 'api: DEL Succeed'])
  expect(at.tags('api')).toEqual(['v2'])
  expect(accessories('sha256:a').status).toBe(404)
  expect(accessories('sha256:b').json).toMatchObject({ total: 1 })
  expect(at.ask('namespaceRepositoryList', at.shop).json).toMatchObject({
    repositories: [{ artifact_count: 1, tag_count: 1 }],
  })
  expect(at.ask('tagList', place).json).toMatchObject({ total: 1 })

  expect(at.storage()).toBe(used)
  const collect = (dryRun: boolean) =>
    at.control('POST', '/garbage-collections', { instance: at.here.instance_id, dryRun })
  const freed = Number(used) - 500 - 1400
  expect(collect(true)).toMatchObject({ status: 201, json: { job_parameters: { freed_space: freed, dry_run: true } } })
  expect(at.storage()).toBe(used)
  collect(false)
  expect(at.storage()).toBe(1900)
})

test('garbage collection is listed where its gate is on', () => {
  const at = retentionBench(shop)
  expect(at.ask('garbageCollectionList', at.here).status).toBe(403)
  at.control('PUT', '/retention', { instance: at.here.instance_id, gates: { enableArtifactGc: true } })
  for (const dryRun of [true, false, true])
    at.control('POST', '/garbage-collections', { instance: at.here.instance_id, dryRun })
  const first = at.ask('garbageCollectionList', at.here, { query: { limit: 2 } }).json
  expect(first).toMatchObject({ page_info: { next_marker: '2' }, tasks: [{ id: 3 }, { id: 2 }] })
  const last = at.ask('garbageCollectionList', at.here, { query: { limit: 2, marker: '2' } }).json
  expect(last).toMatchObject({ page_info: {}, tasks: [{ id: 1 }] })
})

test('what is pushed in the middle counts in repositories whose task has not begun', () => {
  const at = retentionBench(shop)
  const policy = at.policy(keepNewest(3))
  const run = at.start(policy, false)
  at.pass(2)
  at.push('api', ['v6'])
  at.push('team/web', ['v6'])
  at.pass(60)
  expect(at.tags('api')).toEqual(['v3', 'v4', 'v5', 'v6'])
  expect(at.tags('team/web')).toEqual(['', 'v3', 'v6'])
  expect(at.tasks(policy, run)).toMatchObject([
    { total: 5, retained: 3 },
    { total: 5, retained: 3 },
  ])
})

test('a tag that is pushed anew leaves its image untagged', () => {
  const at = retentionBench(shop)
  at.push('api', ['v5', { name: 'latest', digest: 'sha256:new' }, { name: 'newest', digest: 'sha256:new' }])
  expect(at.tags('api')).toEqual(['', 'latest', 'newest', 'v1', 'v2', 'v3', 'v4', 'v5'])
})

test('a hanging repository keeps the run from its end, not the other repositories', () => {
  const at = retentionBench([{ name: 'fault-hangs-2', tags: five }, ...shop])
  const policy = at.policy(keepNewest(1))
  const run = at.start(policy, false)
  at.pass(3600)
  expect(at.executions(policy)).toMatchObject([{ status: 'InProgress' }])
  expect(at.tasks(policy, run).map((row) => numberField(row, 'retained'))).toEqual([0, 1, 1])
  expect(at.tags('fault-hangs-2')).toHaveLength(5)
})

test.each([
  ['fault-hangs', 'InProgress'],
  ['fault-whole-of-it', 'Failed'],
])('a policy that is called %s has no task and ends as %s', (name, status) => {
  const at = retentionBench(shop)
  const policy = at.policy(keepNewest(1), { name })
  const run = at.start(policy, false)
  at.pass(3600)
  expect(at.executions(policy)).toMatchObject([{ status }])
  expect(at.tasks(policy, run)).toEqual([])
  expect(at.tags('api')).toHaveLength(5)
})

test.each([
  ['repository', { repositories: 'a[' }, []],
  ['tag', { tags: '[v' }, [{ status: 'Failed' }, { status: 'Failed' }]],
])('a wrong %s pattern fails the run, which deletes nothing', (_, wrong, tasks) => {
  const at = retentionBench(shop)
  const policy = at.policy(keepNewest(1, wrong))
  const run = at.start(policy, false)
  at.pass(60)
  expect(at.executions(policy)).toMatchObject([{ status: 'Failed' }])
  expect(at.tasks(policy, run)).toMatchObject(tasks)
  expect(at.tasks(policy, run)).toHaveLength(tasks.length)
  expect(at.tags('api')).toHaveLength(5)
})

test('of several repositories one may fail', () => {
  const at = retentionBench([{ name: 'fault-whole', tags: five }, ...shop])
  const policy = at.policy(keepNewest(1))
  const run = at.start(policy, false)
  at.pass(60)
  expect(at.executions(policy)).toMatchObject([{ status: 'Failed' }])
  expect(at.tasks(policy, run)).toMatchObject([{ status: 'Failed' }, { status: 'Succeed' }, { status: 'Succeed' }])
  expect(at.tags('api')).toEqual(['v5'])
})

test('enabled policies run by their schedule, for real; others wait', () => {
  const nightly = { type: 'scheduled', trigger_settings: { cron: '0 0 3 * * *' } }
  const at = retentionBench(shop)
  const policy = at.policy(keepNewest(2), { trigger: nightly })
  const off = at.policy(keepNewest(1), { trigger: nightly, enabled: false, name: 'off' })
  at.pass(24 * 3600)
  expect(at.executions(policy)).toMatchObject([
    {
      dry_run: false,
      trigger: 'scheduled',
      status: 'Succeed',
      start_time: expect.stringContaining('2026-03-05T03:00:00'),
    },
  ])
  expect(at.executions(off)).toEqual([])
  expect(at.tags('api')).toEqual(['v4', 'v5'])
})

test('at a pace of 0 a run is over at once', () => {
  const at = retentionBench(shop)
  at.control('PUT', '/pace', { instance: at.here.instance_id, secondsPerTask: 0 })
  const policy = at.policy(keepNewest(1))
  at.start(policy, false)
  expect(at.executions(policy)).toMatchObject([{ status: 'Succeed' }])
})

test('lists can show every image with what became of it', () => {
  const at = retentionBench([{ name: 'api', tags: [...five, pushedAgo('fault-protected', 60)] }], {
    retentionMood: { subtasks: 'all' },
  })
  at.ask('immutableRuleCreate', at.shop, { body: immutableRule('v2') })
  const policy = at.policy(keepNewest(2))
  const run = at.start(policy, false)
  at.pass(60)
  expect(at.subtasks(policy, run)).toEqual([
    'api:v5 RETAIN Succeed',
    'api:v4 RETAIN Succeed',
    'api:v3 DEL Succeed',
    'api:v2 IMMUTABLE Succeed',
    'api:v1 DEL Succeed',
    'api:fault-protected ERR Failed',
  ])
  expect(at.tasks(policy, run)).toMatchObject([{ total: 6, retained: 4 }])
  expect(at.tags('api')).toEqual(['fault-protected', 'v2', 'v4', 'v5'])
})

describe('immutable tag rules of a nested repository', () => {
  function run(immutableMatching: string, dryRun: boolean) {
    const at = retentionBench([{ name: 'team/api', tags: five }], { retentionMood: { immutableMatching } })
    at.ask('immutableRuleCreate', at.shop, { body: immutableRule('v1', 'team/**') })
    const policy = at.policy(keepNewest(4))
    const execution = at.start(policy, dryRun)
    at.pass(60)
    return {
      tags: at.tags('team/api').length,
      task: at.tasks(policy, execution)[0],
      rows: at.subtasks(policy, execution),
    }
  }

  test('hold as they say today', () => {
    for (const dryRun of [true, false])
      expect(run('new', dryRun)).toMatchObject({ tags: 5, task: { total: 5, retained: 5 }, rows: [] })
  })

  test('were met by the wrong name: the dry run deletes what the real run cannot', () => {
    expect(run('old', true)).toMatchObject({ task: { total: 5, retained: 4 }, rows: ['team/api:v1 DEL Succeed'] })
    expect(run('old', false)).toMatchObject({
      tags: 5,
      task: { total: 5, retained: 5, status: 'Succeed' },
      rows: ['team/api:v1 DEL Failed'],
    })
  })
})

test('an immutable tag is not deleted by hand either', () => {
  const at = retentionBench([{ name: 'api', tags: [{ name: 'v1', digest: 'sha256:1' }] }])
  at.ask('immutableRuleCreate', at.shop, { body: immutableRule('v*') })
  const image = { ...at.shop, repository_name: 'api', reference: 'sha256:1' }
  expect(at.ask('artifactDelete', image).status).toBe(412)
  at.ask(
    'immutableRuleUpdate',
    { ...at.shop, immutable_rule_id: '1' },
    { body: { ...immutableRule('v*'), disabled: true } },
  )
  expect(at.ask('artifactDelete', image).status).toBe(204)
  expect(at.tags('api')).toEqual([])
})

test('one immutable tag rule for each namespace', () => {
  const at = retentionBench(shop)
  expect(at.ask('immutableRuleCreate', at.shop, { body: immutableRule('v*') }).status).toBe(201)
  expect(at.ask('immutableRuleCreate', at.shop, { body: immutableRule('w*') }).status).toBe(409)
  expect(at.ask('immutableRuleList', at.here).json).toMatchObject({
    total: 1,
    immutable_rules: [{ id: 1, namespace_name: 'shop', disabled: false }],
  })
})

test('one policy for each namespace', () => {
  const at = retentionBench(shop)
  const body = { algorithm: 'or', enabled: false, rules: [keepNewest(1)], name: 'one', trigger: { type: 'manual' } }
  expect(at.ask('retentionCreate', at.shop, { body }).status).toBe(201)
  expect(at.ask('retentionCreate', at.shop, { body: { ...body, name: 'another' } }).status).toBe(409)
  expect(at.ask('retentionList', at.here).json).toMatchObject({ total: 1 })
})

test('another algorithm fails the tasks, which delete nothing', () => {
  const policy = { id: 7, name: 'odd', namespace_name: 'shop', algorithm: 'and', rules: [keepNewest(1)] }
  const at = retentionBench(shop, { retentions: [policy] })
  const run = at.start('7', false)
  at.pass(60)
  expect(at.executions('7')).toMatchObject([{ status: 'Failed' }])
  expect(at.tasks('7', run)).toMatchObject([{ status: 'Failed' }, { status: 'Failed' }])
  expect(at.tags('api')).toHaveLength(5)
})

test('nobody pushes over a tag that an immutable tag rule holds', () => {
  const at = retentionBench([{ name: 'api', tags: [{ name: 'v1', digest: 'sha256:1' }] }])
  at.ask('immutableRuleCreate', at.shop, { body: immutableRule('v*') })
  expect(at.push('api', ['v2', 'v1'])).toMatchObject({
    status: 412,
    json: { error: expect.stringContaining("'api:v1' configured as immutable") },
  })
  expect(at.tags('api')).toEqual(['v1'])
  expect(at.push('api', [{ name: 'v1', digest: 'sha256:1' }, 'v2', 'main']).status).toBe(200)
  expect(at.push('api', ['main']).status).toBe(200)
  expect(at.tags('api')).toEqual(['', 'main', 'v1', 'v2'])
})

test('several rules need their gate, and are kept with ids of their own', () => {
  const at = retentionBench(shop)
  const body = (rules: object[], name: string) => ({
    algorithm: 'or',
    enabled: false,
    rules,
    name,
    trigger: { type: 'manual' },
  })
  const two = [keepNewest(1), keepNewest(1, { tags: 'v1' })]
  expect(at.ask('retentionCreate', at.shop, { body: body(two, 'two') }).status).toBe(400)
  at.control('PUT', '/retention', { instance: at.here.instance_id, gates: { enableCombinationRetention: true } })
  const policy = String(numberField(at.ask('retentionCreate', at.shop, { body: body(two, 'two') }).json, 'id'))
  const shown = at.ask('retentionShow', { ...at.shop, policy_id: policy }).json
  expect(listField(shown, 'rules').map((rule) => numberField(rule, 'id'))).toEqual([1, 2])
  expect(at.ask('retentionCreate', at.shop, { body: body([keepNewest(1), keepNewest(1)], 'same') }).status).toBe(400)
  const many = Array.from({ length: 16 }, (_, index) => keepNewest(index + 1))
  expect(at.ask('retentionCreate', at.shop, { body: body(many, 'many') }).status).toBe(400)
  const run = at.start(policy, false)
  at.pass(60)
  expect(at.tags('api')).toEqual(['v1', 'v5'])
  expect(at.tasks(policy, run)).toMatchObject([{ retained: 2 }, {}])
})

test('rows that were given are answered as they are', () => {
  const execution = {
    id: 5,
    policy_id: 7,
    dry_run: false,
    status: 'Success',
    trigger: 'manual',
    start_time: '',
    end_time: '',
  }
  const at = retentionBench(shop, {
    retentions: [{ id: 7, name: 'given', namespace_name: 'shop', rules: null }],
    retentionExecutions: [execution],
    retentionTasks: { 5: [{ id: 12, execution_id: 5, status: 'Running', repository: 'api' }] },
    retentionSubtasks: { 12: [{ id: 1, status: 'Error', repository: 'api', tag: 'v1', action: 'ERR' }] },
  })
  expect(at.executions('7')).toEqual([execution])
  expect(at.subtasks('7', '5')).toEqual(['api:v1 ERR Error'])
  at.control('PUT', '/rows', {
    instance: at.here.instance_id,
    retentionExecutions: [{ ...execution, status: 'Error' }],
  })
  expect(at.executions('7')).toMatchObject([{ status: 'Error' }])
})

test('the answer to a run can get lost: the run takes place', () => {
  const policy = { id: 7, name: 'fault-504', namespace_name: 'shop', rules: [keepNewest(1)] }
  const at = retentionBench(shop, { retentions: [policy] })
  const started = at.ask('retentionExecutionStart', { ...at.shop, policy_id: '7' }, { body: { dry_run: false } })
  expect(started.status).toBe(504)
  at.pass(60)
  expect(at.executions('7')).toMatchObject([{ dry_run: false, status: 'Succeed' }])
})
