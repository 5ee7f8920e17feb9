import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CopyPlan, Matches } from '../../contract/console/matches'
import { demo } from '../../sandbox/demo'
import { prodId } from '../../sandbox/seed/registries'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

let console_: SandboxedConsole
let viewer: TestMember

beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
})
afterAll(() => console_.close())

const digest = (sign: string) => `sha256:${sign.repeat(64)}`
type Tags = Record<string, string>
type Images = Record<string, Record<string, Tags>>

const repositoriesOf = (repositories: Record<string, Tags>) =>
  Object.entries(repositories).map(([name, tags]) => ({
    name,
    tags: Object.entries(tags).map(([tag, sign]) => ({ name: tag, digest: digest(sign) })),
  }))
const namespacesOf = (images: Images) =>
  Object.entries(images).map(([name, repositories]) => ({ name, repositories: repositoriesOf(repositories) }))

const policy = (more: object) => ({
  id: 1,
  name: 'to-there',
  src_registry: { id: 0 },
  dest_registry: { id: 5 },
  dest_namespace: '',
  filters: [
    { type: 'name', value: 'shop/**' },
    { type: 'tag', value: 'v*' },
  ],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: true,
  enabled: true,
  ...more,
})

const to = (instance: string) => ({
  id: 5,
  name: 'there',
  type: 'swr-pro-internal',
  project_id: demo.project,
  region_id: demo.region,
  instance_id: instance,
})

async function plan(images: Images, registry: object, more: object = {}): Promise<CopyPlan> {
  const content = { namespaces: namespacesOf(images), registries: [registry], policies: [policy(more)] }
  return ask(await console_.instance(content), 1)
}
async function ask(instance: string, id: number): Promise<CopyPlan> {
  for (;;) {
    const answer = await console_.own(viewer, 'copyPlanShow', {
      params: { connection: 'default', instance_id: instance, policy_id: String(id) },
    })
    expect(answer.status).toBe(200)
    const seen: CopyPlan = await answer.json()
    // A side is still being listed.
    if (!seen.refreshing) return seen
    await wait(100)
  }
}
const told = ({ fresh, same, other }: CopyPlan) =>
  Object.fromEntries(
    Object.entries({ fresh, same, other }).map(([kind, tags]) => [
      kind,
      tags.map(({ repository, tag, target }) => `${repository}:${tag} → ${target}`).sort(),
    ]),
  )

const here: Images = {
  shop: { api: { v1: 'a', v2: 'b', v3: 'c', latest: 'c' }, 'team/web': { v1: 'd' } },
  other: { api: { v1: 'a' } },
}

test('an instance of ours as the target: new, the same, and another image of that name', async () => {
  const there = await console_.instance({ namespaces: namespacesOf({ shop: { api: { v1: 'a', v2: 'f', old: '0' } } }) })
  const seen = await plan(here, to(there))
  expect(seen).toMatchObject({
    target: 'seen',
    complete: true,
    refreshing: false,
    problem: null,
    override: true,
    total: { fresh: 2, same: 1, other: 1 },
  })
  expect(told(seen)).toEqual({
    fresh: ['shop/api:v3 → shop/api', 'shop/team/web:v1 → shop/team/web'],
    same: ['shop/api:v1 → shop/api'],
    other: ['shop/api:v2 → shop/api'],
  })
})

test('with a namespace at the target only the last part of the name is kept', async () => {
  const there = await console_.instance({
    namespaces: namespacesOf({ mirror: { web: { v1: 'd' }, api: { v1: 'x' } } }),
  })
  const seen = await plan(here, to(there), { dest_namespace: 'mirror', override: false })
  expect(seen).toMatchObject({ override: false, total: { fresh: 2, same: 1, other: 1 } })
  expect(told(seen)).toMatchObject({
    same: ['shop/team/web:v1 → mirror/web'],
    other: ['shop/api:v1 → mirror/api'],
  })
})

test('a pull reads the other side as the source', async () => {
  const there = await console_.instance({ namespaces: namespacesOf({ shop: { api: { v2: 'b', v9: '9' } } }) })
  const seen = await plan(here, to(there), { src_registry: { id: 5 }, dest_registry: { id: 0 } })
  expect(told(seen)).toEqual({ fresh: ['shop/api:v9 → shop/api'], same: ['shop/api:v2 → shop/api'], other: [] })
})

test('the first fifty are named, all are counted', async () => {
  const there = await console_.instance({})
  const tags = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`v${index}`, 'a']))
  const seen = await plan({ shop: { api: tags } }, to(there))
  expect([seen.total, seen.fresh.length]).toEqual([{ fresh: 130, same: 0, other: 0 }, 50])
})

const basic = (key: string) => ({
  id: 5,
  name: 'there',
  type: 'huawei-SWR',
  region_id: demo.region,
  credential: { type: 'basic', access_key: `${demo.region}@${key}` },
})

test('the Basic Edition of the same account as the target; what is not there is new', async () => {
  await console_.control('POST', '/organizations', {
    name: 'shop',
    repositories: repositoriesOf({ api: { v1: 'a', v2: 'f' } }),
  })
  const seen = await plan(here, basic(demo.access))
  expect(seen).toMatchObject({ target: 'seen', complete: true, total: { fresh: 2, same: 1, other: 1 } })
  expect(told(seen)).toMatchObject({ other: ['shop/api:v2 → shop/api'] })
  const pulled = await plan(here, basic(demo.access), { src_registry: { id: 5 }, dest_registry: { id: 0 } })
  // A pull very probably takes all that is there: the other organizations of the account are in the plan as well.
  expect(told(pulled)).toMatchObject({ same: ['shop/api:v1 → shop/api'], other: ['shop/api:v2 → shop/api'] })
  expect(pulled.total.fresh).toBeGreaterThan(10)
  expect(JSON.stringify([seen, pulled])).not.toContain(demo.access)
})

test('while the source is listed again, who asks every moment does not have the other side read every time', async () => {
  const repositories = repositoriesOf({ api: { v1: 'a' } })
  await console_.control('POST', '/organizations', { name: 'slow', repositories })
  const content = {
    namespaces: namespacesOf({ slow: { api: { v1: 'a' }, 'fault-slow': { v1: 'a' } } }),
    registries: [basic(demo.access)],
    policies: [policy({ filters: [{ type: 'name', value: 'slow/**' }] })],
  }
  const instance = await console_.instance(content)
  await ask(instance, 1)
  vi.useFakeTimers({ now: Date.now() + 70_000, toFake: ['Date'], shouldAdvanceTime: true })
  try {
    expect(await ask(instance, 1)).toMatchObject({ complete: true, total: { same: 1 } })
  } finally {
    vi.useRealTimers()
  }
  const read = (await console_.received()).filter(({ path }) => path.includes('/slow/repos/api/tags')).length
  expect(read).toBeGreaterThan(1)
  expect(read).toBeLessThan(6)
}, 30_000)

test.each([
  ['another account', basic('SOMEBODYELSESKEY0001')],
  ['a Harbor', { id: 5, name: 'there', type: 'swr-pro', url: 'https://harbor.example.com' }],
  ['an instance of another project', { ...to('c41e8f02-7d35-4b19-a6e0-5f2d9b8c7a61'), project_id: 'other' }],
  ['an instance in another region', { ...to('c41e8f02-7d35-4b19-a6e0-5f2d9b8c7a61'), region_id: 'eu-west-101' }],
])('%s cannot be seen from here', async (_, registry) => {
  expect(await plan(here, registry)).toMatchObject({ target: 'unseen', problem: null, complete: false, fresh: [] })
})

test('a target that is gone, and a pattern that SWR would refuse, are said', async () => {
  expect(await plan(here, to('gone'))).toMatchObject({ target: 'failed', problem: 'swr_not_found', complete: false })
  const refused = await plan(here, to('gone'), { filters: [{ type: 'name', value: 'shop/{a' }] })
  expect(refused).toMatchObject({ target: 'failed', problem: 'invalid_request' })
})

test('a target that breaks off half-way: what is there may be more than what was read', async () => {
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`v${index + 10}`, 'a']))
  const there = await console_.instance({
    namespaces: namespacesOf({
      shop: { api: { v1: 'a', ...many }, 'fault-503-empty': { v1: 'a' }, 'team/web': { v1: 'd' } },
    }),
  })
  const seen = await plan(here, to(there))
  expect(seen).toMatchObject({ target: 'seen', complete: false, problem: expect.stringMatching(/^swr_/) })
  expect(told(seen)).toMatchObject({ fresh: [] })
})

test('a filter of a kind that the console does not know makes the plan a guess', async () => {
  const there = await console_.instance({})
  const filters = [
    { type: 'name', value: 'shop/**' },
    { type: 'label', value: 'released' },
  ]
  expect(await plan(here, to(there), { filters })).toMatchObject({
    target: 'seen',
    complete: false,
    total: { fresh: 5 },
  })
})

test("the demo's own policies have something to show", async () => {
  const { policies } = await console_.control<{ policies: { id: number; dest_registry: { id: number } }[] }>(
    'GET',
    `/instances/${prodId}`,
  )
  const [first] = policies.filter(({ dest_registry }) => dest_registry.id === 12)
  const seen = await ask(prodId, first?.id ?? 0)
  expect(seen).toMatchObject({ target: 'seen', complete: true, problem: null })
  expect(seen.total.fresh + seen.total.same + seen.total.other).toBeGreaterThan(20)
})

test('a source that a connection covers is listed for the preview of a pull policy; others say that they cannot be', async () => {
  const there = await console_.instance({ namespaces: namespacesOf({ shop: { api: { v1: 'a', v2: 'b', old: '0' } } }) })
  const instance = await console_.instance({
    namespaces: namespacesOf(here),
    registries: [to(there), { ...basic(demo.access), id: 6 }, { id: 7, name: 'harbor', type: 'swr-pro' }],
  })
  const filters = [
    { type: 'name', value: 'shop/**' },
    { type: 'tag', value: 'v*' },
  ]
  const preview = async (source: number): Promise<Matches> => {
    for (;;) {
      const params = { connection: 'default', instance_id: instance }
      const answer = await console_.own(viewer, 'matchPreview', { params, body: { filters, source } })
      expect(answer.status).toBe(200)
      const matches: Matches = await answer.json()
      if (!matches.refreshing) return matches
      await wait(100)
    }
  }
  expect(await preview(5)).toMatchObject({
    seen: true,
    complete: true,
    total: { repositories: 1, tags: 2 },
    repositories: [{ name: 'shop/api' }],
  })
  for (const source of [6, 7]) expect(await preview(source)).toMatchObject({ seen: false, total: { repositories: 0 } })
})

test('a namespace at the target exists, is missing, or cannot be seen', async () => {
  const there = await console_.instance({ namespaces: namespacesOf({ shop: {}, 'shop-eu': {} }) })
  await console_.control('POST', '/organizations', { name: 'mirror', repositories: [] })
  const instance = await console_.instance({
    namespaces: namespacesOf({ own: {} }),
    registries: [to(there), { ...basic(demo.access), id: 6 }, { id: 7, name: 'harbor', type: 'swr-pro' }],
  })
  const stateOf = async (registry: number, name: string): Promise<unknown> => {
    const params = { connection: 'default', instance_id: instance, registry_id: String(registry), namespace_name: name }
    const answer = await console_.own(viewer, 'targetNamespaceShow', { params })
    return (await answer.json()).state
  }
  expect([await stateOf(5, 'shop'), await stateOf(5, 'sho')]).toEqual(['exists', 'missing'])
  expect([await stateOf(6, 'mirror'), await stateOf(6, 'mirror-2')]).toEqual(['exists', 'missing'])
  expect([await stateOf(0, 'own'), await stateOf(0, 'shop')]).toEqual(['exists', 'missing'])
  expect(await stateOf(7, 'shop')).toBe('unseen')
})
