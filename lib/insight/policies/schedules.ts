import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Scheduled } from '../../contract/console/week'
import type { Replication } from '../../contract/swr/replication'
import type { Retention } from '../../contract/swr/retention'
import { globalSlot } from '../../global-slot'
import { remoteOf } from '../../policy/replication/request'
import { usualOf } from '../../policy/runs/duration'
import { slicesWithoutEnd } from '../time-slice'
import type { LatestRuns } from './latest-runs'
import { keepListMs } from './policies'

/** What an instance's schedules are worked out from. */
export interface ScheduleSources {
  readonly policies: readonly Replication[]
  readonly retentions: readonly Retention[] | null
  readonly runs: LatestRuns | null
}

function replicationOf(policy: Replication, runs: LatestRuns | null): Scheduled | null {
  const { id, name, enabled, trigger } = policy
  if (id === undefined || trigger?.type !== 'scheduled') return null
  const { registry, name: remote } = remoteOf(policy)
  return {
    kind: 'replication',
    id,
    name: name ?? `#${id}`,
    namespace: null,
    registry: registry === undefined ? null : { id: registry, name: remote ?? '' },
    enabled: enabled === true,
    cron: trigger.trigger_settings?.cron ?? '',
    usual: usualOf(runs?.byPolicy.get(id) ?? []),
  }
}

function retentionOf({ id, name, namespace_name, enabled, trigger }: Retention): Scheduled | null {
  if (id === undefined || trigger?.type !== 'scheduled') return null
  return {
    kind: 'retention',
    id,
    name: name ?? `#${id}`,
    namespace: namespace_name ?? null,
    registry: null,
    enabled: enabled === true,
    cron: trigger.trigger_settings?.cron ?? '',
    usual: null,
  }
}

async function makeSchedules({ policies, retentions, runs }: ScheduleSources): Promise<readonly Scheduled[]> {
  const slices = slicesWithoutEnd()
  const all: Scheduled[] = []
  for (const policy of policies) {
    if (slices.isOver()) await slices.breathe()
    const schedule = replicationOf(policy, runs)
    if (schedule) all.push(schedule)
  }
  for (const retention of retentions ?? []) {
    const schedule = retentionOf(retention)
    if (schedule) all.push(schedule)
  }
  if (slices.isOver()) await slices.breathe()
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

interface Entry extends ScheduleSources {
  readonly schedules: Promise<readonly Scheduled[]>
}

/** Of all instances together. */
const maxSchedules = 120_000

const kept = globalSlot(
  'schedules',
  () =>
    new LRUCache<string, Entry>({
      max: 100,
      maxSize: maxSchedules,
      ttl: keepListMs,
      sizeCalculation: ({ policies, runs }) => policies.length + (runs?.window.rows.length ?? 0) + 1,
    }),
)

/** Everything that is scheduled in the instance called `place`, by name; the same list as long as its sources are. */
export function schedulesOf(place: string, sources: ScheduleSources): Promise<readonly Scheduled[]> {
  const last = kept().get(place)
  const { policies, retentions, runs } = sources
  if (last?.policies === policies && last.retentions === retentions && last.runs === runs) return last.schedules
  const schedules = makeSchedules(sources)
  kept().set(place, { ...sources, schedules })
  schedules.catch(() => kept().delete(place))
  return schedules
}
