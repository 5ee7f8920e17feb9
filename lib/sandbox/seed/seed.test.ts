import { expect, test } from 'vitest'
import { brokenIn } from '../../contract/rules'
import { type Replication, replicationRules } from '../../contract/swr/replication'
import { swrSchemas } from '../../contract/swr/schemas'
import { toRequest } from '../../policy/replication/request'
import { demo, demoEurope, demoHongKong } from '../demo'
import { field, rawField, textField } from '../json-fields'
import { largeInstanceId } from './large'
import { frankfurtId, prodId } from './registries'
import { seededWorld } from './seed'

const start = new Date('2026-03-04T09:30:00Z')
const world = seededWorld(() => start)
const prod = world.instances.get(prodId)
if (!prod) throw new Error('no production instance')
const repositories = prod.namespaces.flatMap((namespace) => namespace.repositories)
const tags = repositories.flatMap(({ artifacts }) => artifacts.flatMap((artifact) => artifact.tags))
const countBy = (rows: readonly unknown[], by: (row: unknown) => string) => {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[by(row)] = (counts[by(row)] ?? 0) + 1
  return counts
}
const uniqueNames = (rows: readonly unknown[]) => new Set(rows.map((row) => textField(row, 'name'))).size

test('there is enough to look real', () => {
  expect(world.instances.size).toBeGreaterThanOrEqual(2)
  expect(prod.namespaces.length).toBeGreaterThanOrEqual(8)
  expect(repositories.length).toBeGreaterThanOrEqual(120)
  expect(tags.length).toBeGreaterThanOrEqual(2000)
  expect(repositories.some(({ name }) => name === 'team/api')).toBe(true)
  expect(prod.policies).toHaveLength(142)
  expect(uniqueNames(prod.policies)).toBe(142)
  expect(JSON.stringify(prod.policies)).toContain('"payments-to-frankfurt"')
})

test('registries: six, of all types, one unhealthy, one whose login holds the access key', () => {
  expect(prod.registries).toHaveLength(6)
  expect(new Set(prod.registries.map((row) => textField(row, 'type'))).size).toBe(3)
  expect(prod.registries.filter((row) => textField(row, 'status') === 'unhealthy')).toHaveLength(1)
  expect(JSON.stringify(prod.registries)).toContain(`ap-southeast-1@${demo.access}`)
  expect(JSON.stringify(prod.registries)).not.toContain(demo.secret)
})

test('policies: every trigger in both directions but events, which only a push knows', () => {
  const kinds = countBy(prod.policies, (row) => {
    const direction = field(rawField(row, 'src_registry'), 'id') === 0 ? 'push' : 'pull'
    return `${direction} ${textField(rawField(row, 'trigger'), 'type')}`
  })
  expect(Object.keys(kinds).sort()).toEqual(
    ['pull manual', 'pull scheduled', 'push event_based', 'push manual', 'push scheduled'].sort(),
  )
  const enabled = countBy(prod.policies, (row) => String(field(row, 'enabled')))
  expect(Math.min(enabled.true ?? 0, enabled.false ?? 0)).toBeGreaterThan(10)
})

test('executions: every status, in the past but for those that wait', () => {
  const statuses = countBy(prod.executions, (row) => textField(row, 'status'))
  expect(Object.keys(statuses)).toEqual(
    expect.arrayContaining(['Succeed', 'Failed', 'Stopped', 'Pending', 'Initialized']),
  )
  expect(statuses.Failed).toBeGreaterThan(15)
  expect(prod.runs.length).toBeGreaterThanOrEqual(4)
  for (const row of prod.executions) expect(Date.parse(textField(row, 'created_at'))).toBeLessThan(start.getTime())
})

test('retention: most namespaces, all templates', () => {
  expect(prod.retentions.length).toBeGreaterThan(prod.namespaces.length / 2)
  expect(prod.retentions.length).toBeLessThan(prod.namespaces.length)
  const text = JSON.stringify(prod.retentions)
  for (const template of ['latestPushedK', 'latestPulledN', 'nDaysSinceLastPush', 'nDaysSinceLastPull'])
    expect(text).toContain(`"template":"${template}"`)
})

const basicOf = ({ project }: { project: string }, { basic } = world) =>
  basic.organizations.filter((each) => each.project === project)

test('Basic: organizations, nested repositories, eight other regions and an element that names none', () => {
  expect(basicOf(demo).length).toBeGreaterThanOrEqual(4)
  expect(basicOf(demo).flatMap((row) => row.repositories.map(({ name }) => name))).toContain('web/api')
  const regions = world.basic.regions.map(({ regionID }) => regionID)
  expect(regions.filter((id) => id !== undefined && id !== demo.region)).toHaveLength(8)
  expect(regions).toContain('cn-north-208')
  expect(regions).toContain(undefined)
})

test('Basic: two connections list targets, where some tags are the same, some other and some missing', () => {
  const tagsOf = (of: { project: string }) =>
    basicOf(of)
      .filter(({ name }) => name === 'payments')
      .flatMap(({ repositories }) => repositories)
      .flatMap((repository) =>
        [...repository.tags.values()].map((tag) => [`${repository.name}:${tag.name}`, tag.digest]),
      )
  const here = tagsOf(demo)
  for (const target of [demoEurope, demoHongKong]) {
    const there = new Map(tagsOf(target) as [string, string][])
    const found = here.map(([tag = '', digest]) => (there.has(tag) ? there.get(tag) === digest : undefined))
    expect(new Set(found)).toEqual(new Set([true, false, undefined]))
  }
  const missing = basicOf(demo).filter(({ name }) => !basicOf(demoEurope).some((each) => each.name === name))
  expect(missing.length).toBeGreaterThan(0)
})

test('Basic: organizations for measuring stand beside the demo', () => {
  const size = { policies: 0, repositories: 0, tags: 0, instances: 0, basicTags: 1_200, basicRepositories: 150 }
  const large = seededWorld(() => start, size)
  expect(large.instances.size).toBe(world.instances.size)
  const named = (wanted: string) => basicOf(demo, large).find(({ name }) => name === wanted)?.repositories
  expect(named('large-tags')?.map(({ tags }) => tags.size)).toEqual([1_200])
  expect(named('large-repositories')).toHaveLength(150)
})

test('there are Chinese names, and one policy that breaks rules of the console', () => {
  expect(JSON.stringify(prod.policies)).toContain('"支付-同步_1"')
  expect(JSON.stringify(prod.registries)).toContain('"上海-灾备"')
  expect(JSON.stringify(prod.retentions)).toContain('"移动端-保留20个"')
  const odd = prod.policies.map((row) => swrSchemas.replicationShow.response.parse(row)).filter(isOdd)
  expect(odd.map(({ name }) => name)).toEqual(['legacy sync v1.0'])
})

const isOdd = (policy: Replication) => brokenIn(replicationRules, toRequest(policy)).length > 0

test('a second connection covers a target: some of it is there, some is other, some is missing', () => {
  const target = world.instances.get(frankfurtId)
  const key = world.keys.get(demoEurope.access)
  expect(target?.project).toBe(key?.project)
  const registry = prod.registries.find((row) => textField(row, 'name') === 'frankfurt')
  expect(registry).toMatchObject({ instance_id: target?.id, project_id: target?.project })
  const there = target?.namespaces.find(({ name }) => name === 'payments')?.repositories ?? []
  const here = prod.namespaces.find(({ name }) => name === 'payments')?.repositories ?? []
  const digests = (of: typeof here) => new Set(of.flatMap(({ artifacts }) => artifacts.map(({ digest }) => digest)))
  const [now, then] = [digests(here), digests(there)]
  expect([...then].some((digest) => now.has(digest))).toBe(true)
  expect([...then].some((digest) => !now.has(digest))).toBe(true)
  expect([...now].some((digest) => !then.has(digest))).toBe(true)
})

test('the same start gives the same world', () => {
  const again = seededWorld(() => start)
  expect([...again.instances]).toEqual([...world.instances])
  expect(again.basic).toEqual(world.basic)
})

test('an account of the size that is asked for stands beside the demo', () => {
  const size = { policies: 250, repositories: 50, tags: 1_003, instances: 3 }
  const { instances } = seededWorld(() => start, size)
  expect(instances.size).toBe(world.instances.size + 3)
  const large = instances.get(largeInstanceId(0))
  const held = large?.namespaces.flatMap((namespace) => namespace.repositories) ?? []
  expect(held).toHaveLength(50)
  expect(held.flatMap(({ artifacts }) => artifacts.flatMap((artifact) => artifact.tags))).toHaveLength(1_003)
  expect(uniqueNames(large?.policies ?? [])).toBe(250)
  expect(large?.executions).toHaveLength(500)
  expect(instances.get(largeInstanceId(1))?.policies).toHaveLength(100)
  // Their filters match something, and their runs are in order.
  const times = large?.executions.map((row) => textField(row, 'created_at')) ?? []
  expect(times).toEqual(times.toSorted())
  for (const row of large?.policies ?? []) {
    const [filter] = Array.isArray(field(row, 'filters')) ? (field(row, 'filters') as unknown[]) : []
    const [namespace] = textField(filter, 'value').split('/')
    expect(large?.namespaces.map(({ name }) => name)).toContain(namespace)
  }
})

test('retention: runs that took place by hand and by schedule, and what they deleted is gone', () => {
  const kinds = countBy(
    prod.retentionExecutions,
    (row) => `${textField(row, 'trigger')} ${String(field(row, 'dry_run'))}`,
  )
  expect(kinds).toEqual({ 'manual true': 3, 'manual false': 1, 'scheduled false': 10 })
  expect(countBy(prod.retentionExecutions, (row) => textField(row, 'status'))).toEqual({ Succeed: 14 })
  const times = prod.retentionExecutions.map((row) => textField(row, 'start_time'))
  expect(times).toEqual(times.toSorted())
  const real = prod.retentionRuns.filter(({ isDryRun }) => !isDryRun)
  const left = new Set(repositories.flatMap(({ artifacts }) => artifacts.map(({ digest }) => digest)))
  for (const namespace of ['catalog', 'mobile', 'observability']) {
    const its = real.filter((run) => run.namespace === namespace).flatMap(({ tasks }) => tasks)
    const deleted = its.flatMap(({ entries }) => entries.filter(({ action }) => action === 'DEL'))
    expect([namespace, deleted.length > 0]).toEqual([namespace, true])
    expect(deleted.filter(({ digest }) => left.has(digest))).toEqual([])
  }
  expect(prod.unfreedBytes).toBeGreaterThan(0)
})

test('signatures, immutable tag rules, and a namespace for an archive where another connection can look', () => {
  const signed = repositories.flatMap(({ artifacts }) => artifacts.filter(({ accessories }) => accessories?.length))
  expect(signed.length).toBeGreaterThan(20)
  expect(prod.immutableRules.map((row) => [textField(row, 'namespace_name'), field(row, 'disabled')])).toEqual([
    ['observability', false],
    ['ml', true],
  ])
  const archive = world.instances.get(frankfurtId)?.namespaces.find(({ name }) => name === 'archive')
  expect(archive).toMatchObject({ repositories: [] })
})

test('Basic: one repository is cleaned up', () => {
  expect(world.basic.retentions).toMatchObject([{ namespace: 'storefront', repo: 'search' }])
  expect(world.basic.retentionLog).toHaveLength(4)
})
