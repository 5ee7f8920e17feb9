import 'server-only'
import { oldest } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Scheduled, WeekPeak } from '../../contract/console/week'
import { startsWithin } from '../../policy/schedule/starts'
import { closeTogether, type Habit } from '../../policy/schedule/week'
import type { InstanceLocation } from '../../routes'
import type { ConsoleHandlers } from '../handler'
import { slicesWithoutEnd } from '../time-slice'
import { fetchLatestRuns } from './latest-runs'
import { fetchPolicies, fetchRetentions } from './policies'
import { schedulesOf } from './schedules'
import { weekShapeOf } from './week-shape'

const mostPeaks = 30
const mostNames = 6

const nameOf = ({ connection, instance }: InstanceLocation) => `${connection}/${instance}`
const placeOf = ({ connection, instance_id: instance }: { connection: string; instance_id: string }) => ({
  connection,
  instance,
})

/** What is scheduled, and how well that is known. */
async function look(actor: Actor, place: InstanceLocation) {
  // One kind is worth showing without the other.
  const [policies, retentions, runs] = await Promise.all([
    fetchPolicies(actor, place),
    fetchRetentions(actor, place).catch(() => null),
    fetchLatestRuns(actor, place).catch(() => null),
  ])
  const looks = [policies, retentions, runs]
  return {
    schedules: await schedulesOf(nameOf(place), {
      policies: policies.value.rows,
      retentions: retentions?.value.rows ?? null,
      runs: runs?.value ?? null,
    }),
    freshness: {
      at: oldest(looks),
      complete: policies.value.complete && retentions?.value.complete === true && looks.every((each) => !each?.problem),
      refreshing: looks.some((each) => each?.refreshing),
    },
  }
}

/** The first that start in a peak: by their time in it, then by name. `keys` come by time. */
function firstIn({ at: [at = 0], keys }: Habit, byCron: ReadonlyMap<string, readonly Scheduled[]>): WeekPeak['first'] {
  const first: { time: number; schedule: Scheduled }[] = []
  for (const cron of keys) {
    const [time = 0] = startsWithin(cron, at - 1, at + closeTogether)
    if (first.length >= mostNames && time > (first.at(-1)?.time ?? 0)) break
    for (const schedule of byCron.get(cron)?.slice(0, mostNames) ?? []) first.push({ time, schedule })
  }
  return first
    .sort((a, b) => a.time - b.time || (a.schedule.name < b.schedule.name ? -1 : 1))
    .slice(0, mostNames)
    .map(({ schedule: { kind, id, name, namespace } }) => ({ kind, id, name, namespace }))
}

async function peaksOf(habits: readonly Habit[], schedules: readonly Scheduled[]): Promise<WeekPeak[]> {
  const slices = slicesWithoutEnd()
  const byCron = new Map<string, Scheduled[]>()
  for (const schedule of schedules) {
    if (!schedule.enabled) continue
    const others = byCron.get(schedule.cron)
    if (others) others.push(schedule)
    else byCron.set(schedule.cron, [schedule])
  }
  const peaks: WeekPeak[] = []
  for (const habit of habits) {
    if (slices.isOver()) await slices.breathe()
    const { time, at, count } = habit
    peaks.push({ time, at: [...at], count, first: firstIn(habit, byCron) })
  }
  return peaks
}

export const weekHandlers: ConsoleHandlers<'weekShow' | 'weekScheduleList'> = {
  async weekShow({ actor, params, query: { zone } }) {
    const place = placeOf(params)
    const { schedules, freshness } = await look(actor, place)
    const shape = await weekShapeOf(nameOf(place), schedules, zone, new Date())
    return {
      ...freshness,
      complete: freshness.complete && shape.complete,
      zone,
      from: shape.bounds[0] ?? 0,
      count: schedules.length,
      busiest: [...shape.busiest].map(([hour, { count }]) => ({ hour, count })),
      peaks: {
        count: shape.peaks.length,
        rows: shape.habits.length,
        first: await peaksOf(shape.habits.slice(0, mostPeaks), schedules),
      },
      lanes: [...shape.lanes],
    }
  },

  async weekScheduleList({ actor, params, query: { zone, offset, limit, q, registry, crowded, policy } }) {
    const place = placeOf(params)
    const { schedules, freshness } = await look(actor, place)
    const peaks = crowded ? (await weekShapeOf(nameOf(place), schedules, zone, new Date())).peaks : []
    const busy = new Set(peaks.flatMap(({ keys }) => keys))
    const text = q?.toLowerCase() ?? ''
    const slices = slicesWithoutEnd()
    const fitting: Scheduled[] = []
    for (const schedule of schedules) {
      if (slices.isOver()) await slices.breathe()
      const { kind, id, name, enabled, cron } = schedule
      if (
        name.toLowerCase().includes(text) &&
        (registry === undefined || schedule.registry?.id === registry) &&
        (policy === undefined || (kind === 'replication' && id === policy)) &&
        (!crowded || (enabled && busy.has(cron)))
      )
        fitting.push(schedule)
    }
    return {
      ...freshness,
      schedules: fitting.slice(offset, offset + limit),
      total: fitting.length,
      all: schedules.length,
    }
  },
}
