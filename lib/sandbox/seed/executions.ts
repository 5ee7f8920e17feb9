import { numberField, type Raw, rawField, textField } from '../json-fields'
import { chosen, selected, targetOf } from '../runs/copying'
import { newRun, taskOf } from '../runs/runs'
import { microTime } from '../time'
import type { Instance, Run } from '../world'
import type { Clock } from './clock'
import type { Random } from './random'

/** As registries really complain; the first belongs to the one that cannot be reached. */
const unreachable =
  'failed to ping registry plant-suzhou: Get "https://harbor.plant.example.com:8443/v2/": dial tcp 10.60.4.12:8443: i/o timeout'
const failures = [
  'failed to push manifest: http status code: 403, body: {"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}',
  'failed to push blob sha256:4f1c…9b0e: http status code: 504, body: <html><title>504 Gateway Time-out</title></html>',
  'failed to create namespace mirror: http status code: 412, body: quota of storage exceeded',
  'failed to pull manifest: http status code: 404, body: {"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}',
  'failed to push manifest: tag v2.14.0 is immutable, cannot be overwritten',
  'failed to fetch token: Post "https://auth.example.com/token": x509: certificate has expired or is not yet valid',
] as const

interface Ended {
  readonly status: 'Succeed' | 'Failed' | 'Stopped'
  readonly text: string
  readonly failed: number
  readonly stopped: number
}

function endOf(isUnreachable: boolean, total: number, random: Random): Ended {
  if (isUnreachable && total > 0) return { status: 'Failed', text: unreachable, failed: total, stopped: 0 }
  if (total === 0) return { status: 'Succeed', text: 'no resources need to be replicated', failed: 0, stopped: 0 }
  if (random.chance(0.05)) return { status: 'Stopped', text: '', failed: 0, stopped: random.between(1, total) }
  if (random.chance(0.11))
    return { status: 'Failed', text: random.pick(failures), failed: random.between(1, total), stopped: 0 }
  return { status: 'Succeed', text: '', failed: 0, stopped: 0 }
}

const registryOf = (policy: unknown) =>
  Math.max(...['src_registry', 'dest_registry'].map((side) => numberField(rawField(policy, side), 'id') ?? 0))

/** Their schedule died the day before yesterday and nobody noticed, as it happens to Harbor. */
const silent = ['catalog-to-frankfurt', 'identity-to-hongkong-nightly']

/** When a policy ran during the last days: at its own hour when it has a schedule, else at some time of the working day. */
function startsOf(policy: unknown, clock: Clock, random: Random): Date[] {
  const trigger = rawField(policy, 'trigger')
  const [, minute, hour] = textField(rawField(trigger, 'trigger_settings'), 'cron').split(' ')
  if (textField(trigger, 'type') === 'scheduled') {
    const step = Number(/^\*\/(\d+)$/.exec(hour ?? '')?.[1] ?? 0)
    const hours = step > 0 ? Array.from({ length: 24 / step }, (_, index) => index * step) : [Number(hour)]
    const days = Array.from({ length: random.between(3, 7) }, (_, day) => day)
    return days
      .filter((day) => day >= 2 || !silent.includes(textField(policy, 'name')))
      .flatMap((day) => hours.map((each) => clock.at(each, Number(minute), day)))
  }
  const runs = random.between(0, textField(trigger, 'type') === 'manual' ? 2 : 6)
  return Array.from({ length: runs }, (_, index) => clock.at(random.between(7, 16), random.between(0, 59), index * 2))
}

function ended(instance: Instance, policy: unknown, time: Date, clock: Clock, random: Random): Raw {
  const usual = textField(rawField(policy, 'trigger'), 'type')
  // Now and then somebody starts by hand what else waits for a push.
  const trigger = random.chance(0.1) && usual !== 'scheduled' ? 'manual' : usual
  const matching = selected(instance, policy).length
  // An event is the push of one image.
  const total = trigger === 'event_based' ? Math.min(1, matching) : matching
  // The plant has been out of reach for three days.
  const isUnreachable = registryOf(policy) === 21 && clock.start.getTime() - time.getTime() < 3 * 24 * 3_600_000
  const end = endOf(isUnreachable, total, random)
  return {
    id: 0,
    policy_id: numberField(policy, 'id'),
    status: end.status,
    status_text: end.text,
    total,
    failed: end.failed,
    succeed: total - end.failed - end.stopped,
    in_progress: 0,
    stopped: end.stopped,
    trigger,
    created_at: microTime(time),
    updated_at: microTime(new Date(time.getTime() + (4 + total * random.between(2, 20)) * 1000)),
  }
}

/** The line broke down for a moment. */
const hiccups = (repository: string, index: number) =>
  repository === 'data/etl/orders' && index === 7
    ? 'Put "https://prod-frankfurt-7h2k9d.swr-pro.example.com/v2/data/etl/orders/blobs/uploads/": dial tcp 10.60.8.20:443: i/o timeout'
    : null

/** Runs that move while somebody watches, and one that still waits; slow, so that a demo has them for an hour. */
const moving = [
  { policy: 'data-to-frankfurt', begun: 9, waits: 0, secondsPerTask: 400, fails: hiccups },
  { policy: 'ml-to-harbor-dr', begun: 4, waits: 0, secondsPerTask: 900 },
  { policy: 'data-to-hongkong', begun: 1, waits: 0, secondsPerTask: 240 },
  { policy: 'mobile-to-hongkong', begun: 2, waits: 60, secondsPerTask: 60 },
  // The longest one ended an hour ago, and something is left to understand.
  { policy: 'payments-to-frankfurt', begun: 75, waits: 0, secondsPerTask: 63, fails: troubles },
] as const

/** The team's robot account had lost its right to two repositories, and a namespace had been renamed. */
function troubles(repository: string, index: number): string | null {
  if (repository === 'payments/eu/api') return index >= 20 && index < 26 ? '404 namespace payments-dr2 not found' : null
  const refused = { 'payments/team/api': 19, 'payments/team/worker': 12 }[repository] ?? 0
  return index >= 4 && index < 4 + refused ? '401 unauthorized: authentication required' : null
}

interface Slow {
  readonly policy: string
  readonly begun: number
  readonly waits: number
  readonly secondsPerTask: number
  readonly fails?: (repository: string, index: number) => string | null
}

function slow(instance: Instance, clock: Clock, { policy: name, begun, waits, secondsPerTask, fails }: Slow): Run[] {
  const policy = instance.policies.find((row) => textField(row, 'name') === name)
  if (!policy) return []
  const at = new Date(clock.start.getTime() - begun * 60_000)
  const tasks = chosen(instance, policy).map((each, index) => {
    const failures = new Map(each.tags.map((tag, place) => [tag.name, fails?.(each.repository, place) ?? null]))
    return taskOf(each, index, targetOf(policy, each.repository), (tag) => failures.get(tag) ?? null)
  })
  const run = newRun({ policy, trigger: 'manual', at, tasks, verdict: '', waits: waits * 60_000, secondsPerTask })
  if (waits > 0) Object.assign(run.row, { status: 'Pending', status_text: 'waiting for a free worker' })
  return [run]
}

/** Fills an instance with what its enabled policies did, oldest first. */
export function addExecutions(instance: Instance, clock: Clock, random: Random) {
  const past = instance.policies
    .filter((policy) => rawField({ policy }, 'policy').enabled === true)
    .flatMap((policy) => startsOf(policy, clock, random).map((time) => ended(instance, policy, time, clock, random)))
  instance.runs = moving.flatMap((each) => slow(instance, clock, each))
  const all = [...past, ...instance.runs.map(({ row }) => row)].toSorted((a, b) =>
    textField(a, 'created_at') < textField(b, 'created_at') ? -1 : 1,
  )
  for (const [at, row] of all.entries()) row.id = 1001 + at
  instance.executions = all
  instance.deadSchedules = instance.policies
    .filter((policy) => silent.includes(textField(policy, 'name')))
    .flatMap((policy) => numberField(policy, 'id') ?? [])
  instance.past = { upTo: 1000 + all.length, policies: [...instance.policies] }
}
