import { demo } from '../demo'
import type { Raw } from '../json-fields'
import { copyFault } from '../runs/copy-faults'
import { chosen, targetOf } from '../runs/copying'
import { newRun, taskOf } from '../runs/runs'
import { microTime } from '../time'
import type { Instance } from '../world'
import type { Clock } from './clock'
import { stagingId } from './registries'

/* What runs of a real Harbor can look like, and seldom do (docs/swr-api.md section 17): each policy of this instance shows one of it. */

export const labId = 'e5c0d8a1-6b27-4f93-a1d4-7e2f80c95b36'

export const labCatalog: Readonly<Record<string, readonly string[]>> = {
  // The names in it begin like the namespace: `team/team/x` is not `team/x`.
  team: ['x', 'team/x', 'fault-network', 'team/fault-network'],
  edge: ['proxy', 'quota-service', 'router'],
}

const minute = 60_000
const day = 24 * 60 * minute

export const registry = (clock: Clock): Raw => ({
  id: 3,
  name: 'staging',
  description: '',
  type: 'swr-pro-internal',
  url: 'https://staging-registry-m4p8q1.swr-pro.example.com',
  region_id: demo.region,
  project_id: demo.project,
  instance_id: stagingId,
  insecure: true,
  status: 'healthy',
  credential: { type: 'basic', access_key: '0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d', access_secret: '' },
  created_at: clock.ago(90 * 24 * 60),
  updated_at: clock.ago(90 * 24 * 60),
})

const policyOf = (clock: Clock, id: number, name: string, value: string, more: Raw = {}): Raw => ({
  id,
  name,
  description: '',
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  dest_namespace: '',
  filters: [{ type: 'name', value }],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: true,
  enabled: true,
  created_at: clock.ago(60 * 24 * 60 + id),
  updated_at: clock.ago(30 * 24 * 60 + id),
  ...more,
})

const nightly = { trigger: { type: 'scheduled', trigger_settings: { cron: '0 30 2 * * *' } } }

/** `begun` and `took` in milliseconds, `begun` before the start. */
function row(clock: Clock, id: number, policy: number, begun: number, took: number, more: Raw): Raw {
  const start = clock.start.getTime() - begun
  return {
    id,
    policy_id: policy,
    status: 'Succeed',
    status_text: '',
    total: 0,
    failed: 0,
    succeed: 0,
    in_progress: 0,
    stopped: 0,
    trigger: 'manual',
    created_at: microTime(new Date(start)),
    updated_at: microTime(new Date(start + took)),
    ...more,
  }
}

const task = (execution: number, index: number, repository: string, items: number, more: Raw = {}): Raw => ({
  id: execution * 100_000 + index,
  execution_id: execution,
  resource_type: 'image',
  src_resource: `${repository} [${items} item(s) in total]`,
  dst_resource: `${repository} [${items} item(s) in total]`,
  operation: 'copy',
  status: 'Succeed',
  StatusRevision: index,
  ...more,
})

const subtask = (id: number, namespace: string, repository: string, tag: string, text = ''): Raw => ({
  id,
  namespace,
  repository,
  tag,
  digest: '',
  status: text ? 'Failed' : 'Succeed',
  status_text: text,
})

const many = 12_000

/** Fills it. What is given as rows stays as it is; the run that comes back moves. */
export function addLab(instance: Instance, clock: Clock) {
  const ids = { names: 101, returns: 102, hangs: 103, whole: 104, deletions: 105, big: 106 }
  instance.policies = [
    policyOf(clock, ids.names, 'names-that-look-alike', 'team/**'),
    policyOf(clock, ids.returns, 'comes-back-by-itself', 'edge/**'),
    policyOf(clock, ids.hangs, 'hangs-since-last-week', 'edge/router', nightly),
    policyOf(clock, ids.whole, 'repositories-fail-as-a-whole', 'edge/**'),
    policyOf(clock, ids.deletions, 'deletes-what-was-deleted', 'edge/proxy'),
    policyOf(clock, ids.big, 'twelve-thousand-repositories', '**'),
  ]
  // Nothing begins while one hangs.
  instance.deadSchedules = [ids.hangs]
  const proxy = 'read tcp 10.60.4.1:35070->10.60.4.12:443: read: connection reset by peer'
  instance.executions = [
    row(clock, 1, ids.names, 3 * day, minute, { status: 'Failed', total: 3, succeed: 1, failed: 2 }),
    ...[12, 11, 10].map((days, index) =>
      row(clock, 2 + index, ids.hangs, days * day, 2 * minute, { total: 1, succeed: 1, trigger: 'scheduled' }),
    ),
    row(clock, 5, ids.hangs, 9 * day, minute, {
      status: 'InProgress',
      total: 1,
      in_progress: 1,
      trigger: 'scheduled',
    }),
    row(clock, 6, ids.whole, 2 * day, minute, {
      status: 'Failed',
      status_text: 'failed to fetch artifacts: http status code: 401, body: {"errors":[{"code":"UNAUTHORIZED"}]}',
      total: 2,
      failed: 2,
    }),
    row(clock, 7, ids.deletions, 2 * day, minute, { status: 'Failed', total: 2, succeed: 1, failed: 1 }),
    row(clock, 8, ids.big, 26 * 60 * minute, 95 * minute, {
      status: 'Failed',
      total: many,
      succeed: many - 1,
      failed: 1,
    }),
  ]
  const failed = { status: 'Failed' }
  instance.tasks = {
    1: [
      task(1, 1, 'team/x', 1),
      task(1, 2, 'team/fault-network', 1, failed),
      task(1, 3, 'team/team/fault-network', 1, failed),
    ],
    5: [task(5, 1, 'edge/router', 1, { status: 'InProgress' })],
    6: [task(6, 1, 'edge/proxy', 4, failed), task(6, 2, 'edge/quota-service', 2, failed)],
    7: [task(7, 1, 'edge/proxy', 1), task(7, 2, 'edge/proxy', 1, { ...failed, operation: 'deletion' })],
    8: Array.from({ length: many }, (_, index) =>
      task(8, index, `bulk/r${index}`, 1, index === many - 1 ? failed : {}),
    ),
  }
  instance.subtasks = {
    100001: [subtask(1, 'team', 'x', 'v1')],
    100002: [subtask(2, 'team', 'fault-network', 'v1', proxy)],
    100003: [subtask(3, 'team', 'team/fault-network', 'v1', proxy.replace('35070', '41212'))],
    500001: [{ ...subtask(4, 'edge', 'router', 'v1'), status: 'InProgress' }],
    700001: [subtask(5, 'edge', 'proxy', 'v2')],
    700002: [subtask(6, 'edge', 'proxy', 'v1', 'http status code: 405, body: {"errors":[{"code":"UNSUPPORTED"}]}')],
    [800_000 + many - 1]: [subtask(7, 'bulk', `r${many - 1}`, 'v1', '500 Internal Server Error')],
  }
  addReturning(instance, clock, ids.returns)
}

/** Failed a minute after the start, tried again by the service soon after, and copied. */
function addReturning(instance: Instance, clock: Clock, id: number) {
  const policy = instance.policies.find((each) => (each as Raw).id === id)
  const tasks = chosen(instance, policy).map((each, index) => {
    const target = targetOf(policy, each.repository)
    return taskOf(each, index, target, (tag) => copyFault({ target, tag }))
  })
  const begun = new Date(clock.start.getTime() - 2 * minute)
  const run = newRun({ policy, trigger: 'manual', at: begun, tasks, verdict: '', waits: 0, secondsPerTask: 60 })
  Object.assign(run.row, { id: 9 })
  instance.executions.push(run.row)
  instance.runs = [run]
  instance.past = { upTo: 0, policies: [] }
}
