import { expect, test } from 'vitest'
import { immutableRule, keepNewest, pushedAgo, retentionBench } from '../../testing/retention-bench'
import { demo } from '../demo'
import { field, listField, numberField, textField } from '../json-fields'

const tags = ['v1', 'v2', 'v3'].map((name, index) =>
  pushedAgo(name, 30 - index, { digest: `sha256:${name}`, signatures: index }),
)
const odd = pushedAgo('fault-quota', 40, { digest: 'sha256:refused' })

/** An instance with a namespace that copies of the bench's own are sent to, and a registry that leads there. */
function archiveBench(namespaces: readonly object[] = [{ name: 'kept', repositories: [] }]) {
  const at = retentionBench([
    { name: 'api', tags: [odd, ...tags], untagged: [{ digest: 'sha256:none', pushed: '2026-01-01T00:00:00Z' }] },
  ])
  const made = at.control('POST', '/instances', { content: { namespaces } })
  const there = { instance_id: textField(made.json, 'id') }
  const registry = {
    name: 'archive',
    type: 'swr-pro-internal',
    url: 'https://archive.swr-pro.example.com',
    region_id: demo.region,
    project_id: demo.project,
    insecure: true,
    credential: { type: 'basic', access_key: 'robot', access_secret: 'not-a-real-secret' },
    ...there,
  }
  const id = numberField(at.ask('registryCreate', at.here, { body: registry }).json, 'id')
  let policies = 0

  /** Runs a policy to its end and answers the texts of what failed. */
  function run(more: object): string[] {
    policies += 1
    const body = {
      name: `copy-${policies}`,
      filters: [{ type: 'name', value: '**' }],
      repo_scope_mode: 'regular',
      trigger: { type: 'manual' },
      enabled: true,
      override: true,
      ...more,
    }
    const policy_id = numberField(at.ask('replicationCreate', at.here, { body }).json, 'id')
    const execution_id = String(numberField(at.ask('executionStart', at.here, { body: { policy_id } }).json, 'id'))
    at.pass(60)
    const page = { query: { offset: 0, limit: 100 } }
    const tasks = listField(at.ask('executionTaskList', { ...at.here, execution_id }, page).json, 'tasks')
    return tasks.flatMap((task) => {
      const params = { ...at.here, execution_id, task_id: String(numberField(task, 'id')) }
      return listField(at.ask('executionSubtaskList', params, page).json, 'sub_tasks')
        .filter((row) => textField(row, 'status') === 'Failed')
        .map((row) => `${textField(row, 'tag')}: ${textField(row, 'status_text')}`)
    })
  }
  const kept = { ...there, namespace_name: 'kept' }
  const digestOf = (tag: string, place = kept) => {
    const got = at.ask('tagList', { ...place, repository_name: 'api' }, { query: { offset: 0, limit: 100 } }).json
    return textField(
      listField(got, 'tags').find((row) => textField(row, 'name') === tag),
      'digest',
    )
  }
  return {
    ...at,
    kept,
    push: (more: object = {}) => run({ dest_registry: { id }, dest_namespace: 'kept', ...more }),
    pull: (more: object = {}) => run({ src_registry: { id }, dest_namespace: 'shop', ...more }),
    pushImage: at.push,
    digestOf,
  }
}

test('copies arrive with their digests and signatures, refused ones do not', () => {
  const at = archiveBench()
  expect(at.push()).toEqual([expect.stringContaining('fault-quota: http status code: 403')])
  expect(at.tags('api', at.kept)).toEqual(['', 'v1', 'v2', 'v3'])
  expect(['v1', 'v2', 'v3', 'fault-quota'].map((tag) => at.digestOf(tag))).toEqual([
    ...tags.map(({ name }) => `sha256:${name}`),
    '',
  ])
  const image = { ...at.kept, repository_name: 'api', reference: 'sha256:v3' }
  expect(at.ask('accessoryList', image).json).toMatchObject({ total: 2 })
  // Once more: nothing new.
  at.push()
  expect(at.tags('api', at.kept)).toEqual(['', 'v1', 'v2', 'v3'])
})

test('a namespace that is not there takes nothing', () => {
  const at = archiveBench([])
  expect(at.push({ filters: [{ type: 'tag', value: 'v1' }] })).toEqual(['v1: 404 namespace kept not found'])
})

test('what retention deleted comes back by a pull, with the same digest', () => {
  const at = archiveBench()
  at.push({ filters: [{ type: 'tag', value: 'v*' }] })
  const policy = at.policy(keepNewest(1, { tags: 'v*' }))
  at.start(policy, false)
  at.pass(60)
  expect(at.tags('api')).toEqual(['v3'])
  expect(
    at.pull({
      filters: [
        { type: 'name', value: 'kept/api' },
        { type: 'tag', value: '{v1,v2}' },
      ],
    }),
  ).toEqual([])
  expect(at.tags('api')).toEqual(['v1', 'v2', 'v3'])
  expect(['v1', 'v2'].map((tag) => at.digestOf(tag, at.shop))).toEqual(['sha256:v1', 'sha256:v2'])
})

test('another image of the name stays without override, and with it where an immutable rule holds the tag', () => {
  const other = { name: 'api', tags: [{ name: 'v1', digest: 'sha256:other' }] }
  const at = archiveBench([{ name: 'kept', repositories: [other] }])
  const one = { filters: [{ type: 'tag', value: 'v1' }] }
  expect(at.push({ ...one, override: false })).toEqual([])
  expect(at.digestOf('v1')).toBe('sha256:other')
  at.ask('immutableRuleCreate', at.kept, { body: immutableRule('v1') })
  expect(at.push(one)).toEqual([expect.stringContaining("'api:v1' configured as immutable")])
  at.ask('immutableRuleDelete', { ...at.kept, immutable_rule_id: '1' })
  expect(at.push(one)).toEqual([])
  expect(at.digestOf('v1')).toBe('sha256:v1')
  expect(at.tags('api', at.kept)).toEqual(['', 'v1'])
})

test('a namespace that goes away in the middle takes nothing more', () => {
  const at = archiveBench()
  const body = {
    name: 'slow',
    dest_registry: { id: 1 },
    dest_namespace: 'kept',
    filters: [{ type: 'tag', value: 'v2' }],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    enabled: true,
  }
  const policy_id = numberField(at.ask('replicationCreate', at.here, { body }).json, 'id')
  at.ask('executionStart', at.here, { body: { policy_id } })
  const there = at.world.instances.get(at.kept.instance_id)
  if (there) there.namespaces = []
  at.pass(60)
  expect(at.ask('executionList', at.here).json).toMatchObject({ executions: [{ status: 'Failed', failed: 1 }] })
})

test('an image that is deleted before its turn is gone', () => {
  const at = archiveBench()
  const body = {
    name: 'slow',
    dest_registry: { id: 1 },
    dest_namespace: 'kept',
    filters: [{ type: 'tag', value: 'v2' }],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    enabled: true,
  }
  const policy_id = numberField(at.ask('replicationCreate', at.here, { body }).json, 'id')
  const started = at.ask('executionStart', at.here, { body: { policy_id } }).json
  at.ask('artifactDelete', { ...at.shop, repository_name: 'api', reference: 'sha256:v2' })
  at.pass(60)
  expect(at.ask('executionList', at.here).json).toMatchObject({
    executions: [{ id: field(started, 'id'), status: 'Failed' }],
  })
  expect(at.tags('api', at.kept)).toEqual([])
})

test('after a long time, what retention had deleted by then is not copied', () => {
  const at = archiveBench()
  const daily = (hour: number) => ({ type: 'scheduled', trigger_settings: { cron: `0 0 ${hour} * * *` } })
  const copies = (name: string, hour: number, tag: string) => ({
    name,
    dest_registry: { id: 1 },
    dest_namespace: 'kept',
    filters: [{ type: 'tag', value: tag }],
    repo_scope_mode: 'regular',
    trigger: daily(hour),
    enabled: true,
  })
  for (const body of [copies('before', 2, 'v1'), copies('after', 4, 'v2')])
    at.ask('replicationCreate', at.here, { body })
  at.policy(keepNewest(1, { tags: 'v*' }), { trigger: daily(3) })
  at.pass(24 * 3600)
  expect(at.tags('api')).toEqual(['v3'])
  expect(at.tags('api', at.kept)).toEqual(['v1'])
})
