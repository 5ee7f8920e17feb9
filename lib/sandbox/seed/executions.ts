import { numberField, type Raw, rawField, textField } from '../row'
import { selected } from '../runs'
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

/** When a policy ran during the last days: at its own hour when it has a schedule, else at some time of the working day. */
function startsOf(policy: unknown, clock: Clock, random: Random): Date[] {
  const trigger = rawField(policy, 'trigger')
  const [, minute, hour] = textField(rawField(trigger, 'trigger_settings'), 'cron').split(' ')
  if (textField(trigger, 'type') === 'scheduled')
    return Array.from({ length: random.between(3, 7) }, (_, days) =>
      clock.at(/^\d+$/.test(hour ?? '') ? Number(hour) : 0, Number(minute ?? 0), days),
    )
  const runs = random.between(0, textField(trigger, 'type') === 'manual' ? 2 : 6)
  return Array.from({ length: runs }, (_, at) => clock.at(random.between(7, 16), random.between(0, 59), at * 2))
}

function ended(instance: Instance, policy: unknown, at: Date, clock: Clock, random: Random): Raw {
  const usual = textField(rawField(policy, 'trigger'), 'type')
  const trigger = random.chance(0.1) ? 'manual' : usual
  const matching = selected(instance, policy).length
  // An event is the push of one image.
  const total = trigger === 'event_based' ? Math.min(1, matching) : matching
  // The plant has been out of reach for three days.
  const isUnreachable = registryOf(policy) === 21 && clock.start.getTime() - at.getTime() < 3 * 24 * 3_600_000
  const end = endOf(isUnreachable, total, random)
  return {
    policy_id: numberField(policy, 'id'),
    status: end.status,
    status_text: end.text,
    total,
    failed: end.failed,
    succeed: total - end.failed - end.stopped,
    in_progress: 0,
    stopped: end.stopped,
    trigger,
    created_at: microTime(at),
    updated_at: microTime(new Date(at.getTime() + (4 + total * random.between(2, 20)) * 1000)),
  }
}

/** Runs that move while somebody watches, and two that still wait; slow, so that a demo has them for an hour. */
const moving = [
  { policy: 'data-to-frankfurt', begun: 9, waits: 0, secondsPerTask: 400 },
  { policy: 'ml-to-harbor-dr', begun: 4, waits: 0, secondsPerTask: 900 },
  { policy: 'data-to-hongkong', begun: 1, waits: 0, secondsPerTask: 240 },
  { policy: 'mobile-to-hongkong', begun: 2, waits: 60, secondsPerTask: 60 },
] as const

/** Fills an instance with what its enabled policies did, oldest first. */
export function addExecutions(instance: Instance, clock: Clock, random: Random) {
  const past = instance.policies
    .filter((policy) => rawField({ policy }, 'policy').enabled === true)
    .flatMap((policy) => startsOf(policy, clock, random).map((at) => ended(instance, policy, at, clock, random)))
    .toSorted((a, b) => (textField(a, 'created_at') < textField(b, 'created_at') ? -1 : 1))
  instance.executions = past.map((row, at) => ({ id: 1001 + at, ...row }))
  for (const { policy: name, begun, waits, secondsPerTask } of moving) {
    const policy = instance.policies.find((row) => textField(row, 'name') === name)
    if (!policy) continue
    const total = selected(instance, policy).length
    const at = clock.ago(begun)
    const row: Raw = {
      id: 1001 + instance.executions.length,
      policy_id: numberField(policy, 'id'),
      status: waits > 0 ? 'Pending' : 'Initialized',
      status_text: waits > 0 ? 'waiting for a free worker' : '',
      total,
      failed: 0,
      succeed: 0,
      in_progress: total,
      stopped: 0,
      trigger: 'manual',
      created_at: at,
      updated_at: at,
    }
    const run: Run = {
      row,
      outcomes: Array.from({ length: total }, () => null),
      verdict: '',
      secondsPerTask,
      advancedTo: clock.start.getTime() - begun * 60_000,
      waits: waits * 60_000,
      done: 0,
    }
    instance.executions.push(row)
    instance.runs.push(run)
  }
}
