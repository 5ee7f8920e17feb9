import { describe, expect, test } from 'vitest'
import { keepBasicRetentions } from '../basic/retention'
import { field, listField, rawField, textField } from '../json-fields'
import { keptOf, planRun } from '../retention/engine'
import { advance } from '../runs/advance'
import { dueTimes } from '../runs/cron'
import type { Instance, World } from '../world'
import { nightly } from './retentions'
import { seededWorld } from './seed'

const [minute, day] = [60_000, 86_400_000]

const isScheduled = (policy: unknown) =>
  field(policy, 'enabled') === true && textField(field(policy, 'trigger'), 'type') === 'scheduled'

const cronOf = (policy: unknown) => textField(rawField(rawField(policy, 'trigger'), 'trigger_settings'), 'cron')

const imagesOf = ({ namespaces }: Instance) =>
  namespaces.flatMap(({ name, repositories }) =>
    repositories.flatMap((repository) =>
      repository.artifacts.map(({ digest }) => `${name}/${repository.name}@${digest}`),
    ),
  )

const basicTags = ({ basic }: World) =>
  basic.organizations.flatMap(({ name, project, repositories }) =>
    repositories.flatMap((repository) =>
      [...repository.tags.keys()].map((tag) => `${project}/${name}/${repository.name}:${tag}`),
    ),
  )

/** A world begun at a time, and a clock that can be moved. */
function begun(start: string) {
  let now = Date.parse(start)
  const world = seededWorld(() => new Date(now))
  return {
    world,
    instances: [...world.instances.values()],
    pass(ms: number) {
      now += ms
      for (const instance of world.instances.values()) advance(world, instance)
      keepBasicRetentions(world)
    },
  }
}

// Around the hour of the nightly ones, on Sundays, at the ends of months, at any hour else.
const night = (shift: number) =>
  new Date(Date.UTC(2026, 10, 28, nightly.hour, nightly.minute) + shift * minute).toISOString()
const starts = [
  ...[-11, -1, 0, 9].map(night),
  ...['2026-11-29T03:59:00Z', '2026-11-22T09:30:00Z', '2027-01-31T23:50:00Z', '2027-02-14T03:55:00Z'],
  ...['2028-02-29T12:00:00Z', '2026-12-31T23:59:30Z'],
]

describe.each(starts)('a demo begun at %s', (start) => {
  test('loses nothing to retention within a day, though its schedules run', () => {
    const { world, instances, pass } = begun(start)
    const before = instances.map((instance) => new Set(imagesOf(instance)))
    const tags = basicTags(world)
    const past = instances.map(({ retentionRuns }) => retentionRuns.length)
    for (let hour = 0; hour < 24; hour += 1) pass(60 * minute)
    // What has just begun comes to its end.
    pass(5 * minute)
    const since = instances.flatMap(({ retentionRuns }, at) => retentionRuns.slice(past[at]))
    expect(since.length).toBeGreaterThanOrEqual(2)
    for (const { tasks, row } of since) {
      expect(textField(row, 'status')).toBe('Succeed')
      expect(tasks.flatMap(({ entries }) => entries.filter(({ action }) => action === 'DEL'))).toEqual([])
    }
    for (const [at, instance] of instances.entries()) {
      const left = new Set(imagesOf(instance))
      expect([...(before[at] ?? [])].filter((image) => !left.has(image))).toEqual([])
    }
    expect(basicTags(world)).toEqual(tags)
  })

  test('has a policy that deletes more than half, whose day is far', () => {
    const { world, instances } = begun(start)
    const now = world.clock().getTime()
    const most = instances.flatMap(({ namespaces, retentions }) =>
      retentions.filter(isScheduled).filter((policy) => {
        const namespace = namespaces.find(({ name }) => name === textField(policy, 'namespace_name'))
        const repositories = namespace?.repositories ?? []
        const plan = planRun(
          listField(policy, 'rules'),
          repositories.map(({ name }) => name),
        )
        const counts = repositories.map(({ name, artifacts }) => {
          const images = artifacts.map((artifact) => ({
            tags: artifact.tags.map((tag) => tag.name),
            pushed: Date.parse(artifact.pushed),
            pulled: Date.parse(artifact.pulled),
          }))
          return { all: images.length, kept: keptOf(plan.get(name) ?? [], images, now).size }
        })
        const sum = (of: 'all' | 'kept') => counts.reduce((total, each) => total + each[of], 0)
        return sum('kept') < sum('all') / 2
      }),
    )
    expect(most.map((policy) => textField(policy, 'namespace_name'))).toEqual(['checkout', 'checkout'])
    for (const policy of most) {
      expect(dueTimes(cronOf(policy), now, now + 7 * day, 1)).toEqual([])
      expect(dueTimes(cronOf(policy), now, now + 31 * day, 1)).toHaveLength(1)
    }
  })
})

test('nightly runs have deleted what is gone, most of it when they began', () => {
  const { instances } = begun('2026-11-28T00:50:00Z')
  const [prod] = instances
  const runs = (prod?.retentionRuns ?? []).filter(({ row }) => textField(row, 'trigger') === 'scheduled')
  expect(runs).toHaveLength(10)
  const deleted = runs.map(({ namespace, tasks }) => ({
    namespace,
    images: tasks.flatMap(({ entries }) => entries.filter(({ action }) => action === 'DEL')).length,
  }))
  const by = (namespace: string) => deleted.filter((each) => each.namespace === namespace).map(({ images }) => images)
  const [first = 0, ...later] = by('catalog')
  expect(first).toBeGreaterThan(20)
  expect(Math.max(...later)).toBeLessThan(10)
  expect(later.some((images) => images > 0)).toBe(true)
  // Releases are immutable there.
  expect(by('observability').reduce((sum, images) => sum + images, 0)).toBeGreaterThan(0)
})
