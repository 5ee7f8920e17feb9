import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding, Findings } from '../../contract/console/checks'
import { demo } from '../../sandbox/demo'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

let console_: SandboxedConsole
let viewer: TestMember
let admin: TestMember
let instance = ''

beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const received = async () => (await console_.received(instance)).length

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const filters = (name: string, tag: string) => [
  { type: 'name', value: name },
  { type: 'tag', value: tag },
]
const policy = (id: number, name: string, more: object) => ({
  id,
  name,
  src_registry: { id: 0 },
  dest_registry: { id: 3, name: 'dr' },
  dest_namespace: '',
  filters: filters('payments/**', 'v*'),
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: false,
  enabled: true,
  ...more,
})
const run = (id: number, policyId: number, minutes: number) => ({
  id,
  policy_id: policyId,
  status: 'Succeed',
  created_at: minutesAgo(id * 100),
  updated_at: minutesAgo(id * 100 - minutes),
})
const tag = (name: string, days: number) => ({ name, pushed: minutesAgo(days * 24 * 60) })
const registries = [
  { id: 3, name: 'dr', type: 'swr-pro', status: 'healthy' },
  { id: 4, name: 'plant', type: 'swr-pro', status: 'unhealthy' },
]
const namespaces = [
  {
    name: 'payments',
    repositories: [
      { name: 'team/api', tags: [tag('v1', 9), tag('v2', 8), tag('main', 1)] },
      { name: 'web', tags: [tag('v1', 5)] },
    ],
  },
  { name: 'checkout', repositories: [{ name: 'api', tags: [tag('v2', 3)] }] },
]
const retention = {
  id: 7,
  name: 'keep-1',
  namespace_name: 'payments',
  namespace_id: 1,
  algorithm: 'or',
  enabled: true,
  rules: [
    {
      action: 'retain',
      template: 'latestPushedK',
      params: { latestPushedK: 1 },
      tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: 'team/**' }] },
    },
  ],
  trigger: { type: 'manual' },
}

const params = () => ({ connection: 'default', instance_id: instance })
async function list(): Promise<Findings> {
  const answer = await console_.own(viewer, 'checkList', { params: params() })
  expect(answer.status).toBe(200)
  return answer.json()
}
const { id: _id, src_registry: _here, ...body } = policy(0, 'draft', { dest_registry: { id: 3 } })
async function draft(more: object, id = 0): Promise<Findings> {
  const asked = { params: params(), body: { id, name: 'draft', policy: { ...body, ...more } } }
  const answer = await console_.own(viewer, 'checkDraft', asked)
  expect(answer.status).toBe(200)
  return answer.json()
}
const said = ({ kind, policies, examples, count }: Finding) =>
  [kind, policies.map(({ name }) => name).join(), count, ...examples].join(' ')

test('every kind, with examples of the real lists', async () => {
  instance = await console_.instance({
    registries,
    namespaces,
    retentions: [retention],
    policies: [
      policy(1, 'mirror-payments', { dest_namespace: 'mirror' }),
      policy(2, 'mirror-checkout', { dest_namespace: 'mirror', filters: filters('checkout/**', '**') }),
      policy(3, 'on-push', { trigger: { type: 'event_based' } }),
      policy(4, 'from-dr', { src_registry: { id: 3 }, dest_registry: { id: 0 }, filters: filters('**/web', '**') }),
      policy(5, 'to-plant', {
        dest_registry: { id: 4 },
        filters: filters('nothing/**', '**'),
        trigger: { type: 'scheduled', trigger_settings: { cron: '0 */10 * * * *' } },
      }),
      policy(6, 'over', { override: true, filters: filters('payments/web', '**') }),
    ],
    executions: [run(1, 5, 12), run(2, 5, 12), run(3, 5, 1)],
    // How long a run takes is told by these alone.
    deadSchedules: [5],
  })
  const { findings, ...look } = await list()
  expect(findings.map(said)).toEqual([
    'same_destination mirror-payments,mirror-checkout 1 mirror/api:v2 ← payments/team/api, checkout/api',
    'different_override over,on-push 1 payments/web:v1',
    'event_circle on-push,from-dr 1 payments/web',
    'too_often to-plant 0',
    'unhealthy_registry to-plant 1',
    'retention_deletes mirror-payments,on-push 2 payments/team/api:v1 payments/team/api:v2',
    'retention_most  2 payments/team/api:v1 payments/team/api:v2',
  ])
  expect(findings.find(({ kind }) => kind === 'too_often')).toMatchObject({ interval: 600, usual: 720 })
  expect(findings.find(({ kind }) => kind === 'unhealthy_registry')?.registry).toEqual({ id: 4, name: 'plant' })
  expect(findings.find(({ kind }) => kind === 'retention_deletes')?.retention).toEqual({
    namespace: 'payments',
    id: 7,
    name: 'keep-1',
  })
  expect(look).toMatchObject({
    complete: true,
    refreshing: false,
    more: 0,
    unread: [],
    problem: null,
    looked: { policies: 6, registries: 2, retentions: 1, repositories: 3, tags: 5 },
  })
})

test('who looks next is told the same without SWR being asked again', async () => {
  const before = await received()
  expect((await list()).findings).toHaveLength(7)
  expect(await received()).toBe(before)
})

test('an admin accepts a finding with a reason, and takes it back', async () => {
  const circle = async () => (await list()).findings.find(({ kind }) => kind === 'event_circle')
  const finding = (await circle())?.id ?? ''
  const mute = (who: TestMember, reason: string) =>
    console_.own(who, 'findingMute', { params: params(), body: { finding, reason } })
  expect((await mute(viewer, 'wanted')).status).toBe(403)
  expect((await mute(admin, ' ')).status).toBe(422)
  expect((await circle())?.muted).toBeNull()
  for (const reason of ['first', 'wanted']) expect((await mute(admin, reason)).status).toBe(200)
  expect((await circle())?.muted).toMatchObject({ reason: 'wanted', actorName: expect.stringContaining('@') })
  expect((await list()).findings.filter(({ muted }) => muted)).toHaveLength(1)
  const entries = await console_.entries({ instance, operation: 'findingMute', outcome: 'done' })
  expect(entries).toHaveLength(2)
  expect(entries.at(-1)).toMatchObject({ kind: 'finding', objectName: finding })
  const undone = await console_.own(admin, 'findingUnmute', { params: params(), body: { finding } })
  expect([undone.status, (await circle())?.muted]).toEqual([200, null])
})

test('a change through the console is seen at once', async () => {
  const asked = { params: { instance_id: instance, policy_id: '1' } }
  const read: { content_hash: string } = await (await console_.swr(admin, 'replicationShow', asked)).json()
  const change = { ...body, name: 'mirror-payments', dest_namespace: 'other' }
  const answer = await console_.swr(admin, 'replicationUpdate', { ...asked, body: change, ifMatch: read.content_hash })
  expect(answer.status).toBe(200)
  expect((await list()).findings.map(({ kind }) => kind)).not.toContain('same_destination')
})

test('a draft has findings of its own before it is saved', async () => {
  const found = await draft({ dest_namespace: 'mirror', filters: filters('payments/team/*', '**') })
  expect(found.findings.map(said)).toEqual([
    'same_destination mirror-checkout,draft 1 mirror/api:v2 ← checkout/api, payments/team/api',
    'retention_deletes draft 2 payments/team/api:v1 payments/team/api:v2',
  ])
  expect(found.findings[0]?.policies).toContainEqual({ id: 0, name: 'draft' })
  expect(found.complete).toBe(true)
})

test('a draft of a policy stands in its place', async () => {
  const mended = await draft({ name: 'over', override: false, filters: filters('payments/web', '**') }, 6)
  expect(mended.findings).toEqual([])
  const worse = await draft({ name: 'over', override: true, filters: filters('payments/**', '**') }, 6)
  expect(worse.findings.map(said)).toEqual([
    'different_override over,on-push 3 payments/team/api:v1 payments/team/api:v2 payments/web:v1',
    'retention_deletes over 2 payments/team/api:v1 payments/team/api:v2',
  ])
  const often = { trigger: { type: 'scheduled', trigger_settings: { cron: '0 */5 * * * *' } } }
  expect((await draft({ ...often, filters: filters('no/**', '**') }, 5)).findings).toMatchObject([
    { kind: 'too_often', policies: [{ id: 5 }], interval: 300, usual: 720 },
  ])
})

test('a draft that is not enabled is judged as if it were', async () => {
  const [off, on] = [
    await draft({ dest_registry: { id: 4 }, enabled: false }),
    await draft({ dest_registry: { id: 4 } }),
  ]
  expect(on.findings.map(({ kind }) => kind)).toContain('unhealthy_registry')
  expect(off.findings).toEqual(on.findings)
})

test('what is no policy is refused', async () => {
  const asked = { params: params(), body: { id: 0, name: '', policy: { name: 'draft' } } }
  const answer = await console_.own(viewer, 'checkDraft', asked)
  expect(answer.status).toBe(422)
})

test('two instances of ours that push to each other', async () => {
  const eventually = { trigger: { type: 'event_based' } }
  const behind = (target: string) => ({
    id: 3,
    name: 'twin',
    type: 'swr-pro-internal',
    region_id: demo.region,
    project_id: demo.project,
    instance_id: target,
    status: 'healthy',
  })
  // Neither id is known before its instance is there.
  const there = await console_.instance({ namespaces })
  instance = await console_.instance({
    namespaces,
    registries: [behind(there)],
    policies: [policy(1, 'there', eventually)],
  })
  expect((await list()).findings).toEqual([])
  const registry = { ...behind(instance), id: undefined, url: 'https://twin.example.com', insecure: false }
  const { id: _none, status: _healthy, ...registryBody } = registry
  const credential = { type: 'basic', access_key: 'login', access_secret: 'secret' }
  const made = await console_.swr(admin, 'registryCreate', {
    params: { instance_id: there },
    body: { ...registryBody, credential },
  })
  expect(made.status).toBe(200)
  const { id: registryId }: { id: number } = await made.json()
  const back = { ...body, ...eventually, name: 'and-back', dest_registry: { id: registryId } }
  const created = await console_.swr(admin, 'replicationCreate', { params: { instance_id: there }, body: back })
  expect(created.status).toBe(200)
  const { id }: { id: number } = await created.json()
  expect((await draft({ ...eventually, name: 'there' }, 1)).findings).toMatchObject([
    {
      kind: 'event_circle',
      policies: [{ id: 1, name: 'there' }],
      registry: { id: 3, name: 'twin' },
      elsewhere: { connection: 'default', instance: there, id, name: 'and-back' },
      count: 2,
      examples: ['payments/team/api', 'payments/web'],
    },
  ])
})

test('images that cannot be listed leave the other checks standing', async () => {
  instance = await console_.instance({
    registries,
    namespaces: [{ name: 'payments', repositories: [{ name: 'fault-500', tags: ['v1'] }] }],
    policies: [policy(1, 'to-plant', { dest_registry: { id: 4 } })],
  })
  const found = await list()
  expect(found).toMatchObject({ complete: false, unread: ['images'], problem: 'swr_failed' })
  expect(found.findings.map(({ kind }) => kind)).toEqual(['unhealthy_registry'])
})

test('an instance without anything has nothing to find', async () => {
  instance = await console_.instance({})
  expect(await list()).toMatchObject({
    findings: [],
    complete: true,
    looked: { policies: 0, registries: 0, retentions: 0, repositories: 0, tags: 0 },
  })
})

test('an instance that is not there is a problem', async () => {
  instance = 'nowhere'
  const answer = await console_.own(viewer, 'checkList', { params: params() })
  expect(answer.status).toBe(404)
})
