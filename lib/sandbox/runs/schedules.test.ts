import { beforeEach, expect, test } from 'vitest'
import { bench } from '../../testing/sandbox-client'
import { field, listField, numberField, type Raw, rawField, textField } from '../json-fields'
import { prodId } from '../seed/registries'
import { seededWorld } from '../seed/seed'
import type { World } from '../world'
import { advance } from './advance'
import { dueTimes } from './cron'

// The clock begins at 09:30 UTC.
let at = bench()
beforeEach(() => {
  at = bench()
})
const here = { instance_id: prodId }
const hour = 3600

function prod() {
  const instance = at.world.instances.get(prodId)
  if (!instance) throw new Error('no production instance')
  return instance
}

const scheduled = (cron: string, changes: Raw = {}) => ({
  name: 'under-test',
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: 'library/{nginx,redis}' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'scheduled', trigger_settings: { cron } },
  enabled: true,
  ...changes,
})
const create = (body: Raw) => Number(field(at.ask('replicationCreate', here, { body }).json, 'id'))
const save = (id: number, body: Raw) => at.ask('replicationUpdate', { ...here, policy_id: String(id) }, { body })
const read = (policy_id: number) =>
  listField(at.ask('executionList', here, { query: { policy_id, offset: 0, limit: 100 } }).json, 'executions')
const begun = (policy_id: number) =>
  read(policy_id)
    .map((row) => textField(row, 'created_at').slice(11, 19))
    .toReversed()

test('a run begins when it is due, and goes on like every other', () => {
  const id = create(scheduled('0 40 * * * *'))
  at.pass(599)
  expect(read(id)).toEqual([])
  at.pass(1)
  expect(read(id)).toMatchObject([{ policy_id: id, status: 'Initialized', trigger: 'scheduled' }])
  at.pass(3)
  expect(read(id)).toMatchObject([{ status: 'InProgress', total: 2 }])
  at.pass(60)
  expect(read(id)).toMatchObject([{ status: 'Succeed', succeed: 2 }])
  expect(textField(read(id)[0], 'created_at')).toMatch(/T09:40:00/)
  expect(textField(read(id)[0], 'updated_at')).toMatch(/T09:40:07/)
})

test('who looks later finds what ran meanwhile, in the order in which it began', () => {
  const one = create(scheduled('0 0 * * * *'))
  const two = create(scheduled('0 30 */2 * * *', { name: 'two' }))
  at.pass(3 * hour)
  expect(begun(one)).toEqual(['10:00:00', '11:00:00', '12:00:00'])
  expect(begun(two)).toEqual(['10:30:00', '12:30:00'])
  expect(begun(one)).toHaveLength(3)
  const runs = prod().executions.filter((row) => [one, two].includes(numberField(row, 'policy_id') ?? 0))
  const ids = runs.map((row) => numberField(row, 'id') ?? 0)
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  expect(new Set(ids).size).toBe(5)
  const times = runs.map((row) => textField(row, 'created_at'))
  expect(times).toEqual(times.toSorted())
  expect(read(one).every((row) => field(row, 'status') === 'Succeed')).toBe(true)
})

test('after a long time only the latest are made up for', () => {
  const id = create(scheduled('0 */15 * * * *'))
  at.pass(30 * 24 * hour)
  const times = begun(id)
  expect(times).toHaveLength(28)
  expect(times.at(-1)).toBe('09:30:00')
  expect(times[0]).toBe('02:45:00')
})

test('a schedule counts from the moment that it was saved, the former one until then', () => {
  const id = create(scheduled('0 0 * * * *'))
  at.pass(hour)
  save(id, scheduled('0 5 * * * *'))
  at.pass(hour)
  expect(begun(id)).toEqual(['10:00:00', '11:05:00'])
})

test('disabled it rests; enabled again it does not make up for what it slept through', () => {
  const id = create(scheduled('0 0 * * * *'))
  at.pass(hour)
  save(id, scheduled('0 0 * * * *', { enabled: false }))
  at.pass(3 * hour)
  expect(begun(id)).toEqual(['10:00:00'])
  save(id, scheduled('0 0 * * * *'))
  expect(begun(id)).toEqual(['10:00:00'])
  at.pass(hour)
  expect(begun(id)).toEqual(['10:00:00', '14:00:00'])
})

test('what ran before its policy was deleted is there, and nothing after that', () => {
  const id = create(scheduled('0 0 * * * *'))
  at.pass(hour)
  at.ask('replicationDelete', { ...here, policy_id: String(id) })
  at.pass(hour)
  expect(begun(id)).toEqual(['10:00:00'])
})

test.each([{ type: 'manual' }, { type: 'event_based' }])('nothing else begins by itself: $type', (trigger) => {
  const id = create(scheduled('', { trigger }))
  at.pass(48 * hour)
  expect(read(id)).toEqual([])
})

test('a run by hand after a due one has the higher id, and both go side by side', () => {
  const id = create(scheduled('0 0 * * * *'))
  at.pass(0.5 * hour + 1)
  at.ask('executionStart', here, { body: { policy_id: id } })
  expect(read(id).map((row) => field(row, 'trigger'))).toEqual(['manual', 'scheduled'])
  const [manual = 0, due = 0] = read(id).map((row) => numberField(row, 'id'))
  expect(manual).toBe(due + 1)
})

test('rows that are no policies, and schedules that nobody can read, stop nothing', () => {
  const id = create(scheduled('0 0 * * * *'))
  const trigger = { type: 'scheduled', trigger_settings: { cron: 'every now and then' } }
  prod().policies.push(
    null,
    'text',
    { enabled: true },
    { id: 9_001, enabled: true, trigger },
    { enabled: true, trigger },
  )
  at.pass(hour)
  expect(begun(id)).toEqual(['10:00:00'])
  expect(read(9_001)).toEqual([])
})

/** Enabled policies whose latest due time has no run at or after it. */
function lateAt(world: World) {
  const now = world.clock().getTime()
  const instance = world.instances.get(prodId)
  if (!instance) throw new Error('no production instance')
  advance(world, instance)
  return instance.policies
    .filter((policy) => {
      const { enabled, trigger } = rawField({ policy }, 'policy')
      if (enabled !== true || textField(trigger, 'type') !== 'scheduled') return false
      const cron = textField(rawField(trigger, 'trigger_settings'), 'cron')
      const [due = 0] = dueTimes(cron, now - 48 * hour * 1000, now, 1)
      const runs = instance.executions.filter((row) => numberField(row, 'policy_id') === numberField(policy, 'id'))
      return !runs.some((row) => Date.parse(textField(row, 'created_at')) >= due)
    })
    .map((policy) => textField(policy, 'name'))
    .toSorted()
}
const late = () => lateAt(at.world)
const dead = ['catalog-to-frankfurt', 'identity-to-hongkong-nightly']

test.each(['00:00:00', '02:59:59', '03:00:00', '03:04:30', '03:10:01'])(
  'none else is late in a demo begun at %s',
  (time) => {
    const start = new Date(`2026-03-04T${time}Z`)
    expect(lateAt(seededWorld(() => start))).toEqual(dead)
  },
)

test('a demo that is left running has two late policies, as on its first day: their schedules have died', () => {
  expect(late()).toEqual(dead)
  for (const days of [1, 2, 7]) {
    at.pass(days * 24 * hour)
    expect(late()).toEqual(dead)
  }
})

test('saved again, a dead schedule lives', () => {
  at.pass(24 * hour)
  const policy = prod().policies.find((row) => textField(row, 'name') === dead[0])
  const {
    id: _id,
    created_at: _created,
    updated_at: _updated,
    src_registry: _here,
    ...body
  } = rawField({ policy }, 'policy')
  expect(save(numberField(policy, 'id') ?? 0, body).status).toBe(200)
  expect(late()).toEqual(dead)
  at.pass(24 * hour)
  expect(late()).toEqual([dead[1]])
})
