import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Scheduled, WeekLane } from '../../contract/console/week'
import { globalSlot } from '../../global-slot'
import { startsWithin } from '../../policy/schedule/starts'
import {
  busiestByHour,
  daysFrom,
  type Habit,
  habitsOf,
  type PeakTime,
  peakTimesOf,
  quartersOf,
  type Start,
  weekDays,
} from '../../policy/schedule/week'
import { offsetAt } from '../../policy/schedule/zone'
import { slicesWithoutEnd } from '../time-slice'

/** What the schedules of an instance make of seven days. Those that have one text start together and are counted as one. */
export interface WeekShape {
  /** The midnights that bound the days, one more than days. */
  readonly bounds: readonly number[]
  readonly busiest: ReadonlyMap<number, PeakTime>
  readonly peaks: readonly PeakTime[]
  /** Their keys are texts of schedules. */
  readonly habits: readonly Habit[]
  readonly lanes: readonly WeekLane[]
  /** False: there are more starts than are looked at. */
  readonly complete: boolean
}

/** Starts that are looked at; some 40 bytes each while they are. */
const maxStarts = 500_000

function clockOf(zone: string) {
  return (timeMs: number) => new Date(timeMs + offsetAt(new Date(timeMs), zone) * 60_000).toISOString().slice(11, 16)
}

/** Starts of one text of a schedule. */
interface Times {
  readonly starts: number
  readonly quarters: readonly number[]
}

type Growing = { -readonly [Key in keyof Omit<WeekLane, 'marks'>]: WeekLane[Key] } & {
  readonly marks: Record<keyof WeekLane['marks'], Set<number>>
}

const laneName = ({ kind, registry }: Scheduled) => (registry ? String(registry.id) : kind)

/** Adds a schedule to the row of its registry. */
function addTo(lanes: Map<string, Growing>, schedule: Scheduled, { starts, quarters }: Times) {
  const name = laneName(schedule)
  const lane = lanes.get(name) ?? {
    kind: schedule.kind,
    registry: schedule.registry,
    starts: 0,
    enabled: false,
    marks: { replication: new Set(), retention: new Set(), disabled: new Set() },
  }
  lanes.set(name, lane)
  lane.starts += starts
  lane.enabled ||= schedule.enabled
  const marks = lane.marks[schedule.enabled ? schedule.kind : 'disabled']
  for (const quarter of quarters) marks.add(quarter)
}

async function shape(schedules: readonly Scheduled[], bounds: readonly number[], zone: string): Promise<WeekShape> {
  const [from = 0, to = 0] = [bounds[0], bounds.at(-1)]
  const slices = slicesWithoutEnd()
  const times = new Map<string, Times>()
  const weights = new Map<string, number>()
  const lanes = new Map<string, Growing>()
  const starts: Start[] = []
  let complete = true
  for (const schedule of schedules) {
    if (slices.isOver()) await slices.breathe()
    const { cron, enabled } = schedule
    const weight = weights.get(cron) ?? 0
    const known = times.get(cron)
    const own = known && (weight > 0 || !enabled) ? null : startsWithin(cron, from - 1, to - 1)
    const present = known ?? { starts: own?.length ?? 0, quarters: quartersOf(own ?? [], bounds) }
    times.set(cron, present)
    addTo(lanes, schedule, present)
    if (!enabled) continue
    weights.set(cron, weight + 1)
    if (weight > 0) continue
    if (starts.length + present.starts > maxStarts) complete = false
    else for (const at of own ?? []) starts.push({ key: cron, at })
  }
  const busiest = await slices.finish(busiestByHour(starts, from, (key) => weights.get(key) ?? 0))
  const peaks = peakTimesOf(busiest)
  const habits = await slices.finish(habitsOf(peaks, clockOf(zone)))
  const listed = (marks: ReadonlySet<number>) => [...marks].sort((a, b) => a - b)
  return {
    bounds,
    busiest,
    peaks,
    habits,
    lanes: [...lanes.values()].map(({ marks: { replication, retention, disabled }, ...lane }) => ({
      ...lane,
      marks: { replication: listed(replication), retention: listed(retention), disabled: listed(disabled) },
    })),
    complete,
  }
}

const shapes = globalSlot(
  'week-shapes',
  () => new LRUCache<string, { schedules: unknown; shape: Promise<WeekShape> }>({ max: 60 }),
)

/** Worked out once for everybody who looks at it from one zone, as long as the schedules and the day are the same. */
export function weekShapeOf(
  place: string,
  schedules: readonly Scheduled[],
  zone: string,
  now: Date,
): Promise<WeekShape> {
  const bounds = daysFrom(now.getTime(), zone, weekDays + 1)
  const name = `${place} ${zone} ${bounds[0]}`
  const last = shapes().get(name)
  if (last?.schedules === schedules) return last.shape
  const entry = { schedules, shape: shape(schedules, bounds, zone) }
  shapes().set(name, entry)
  entry.shape.catch(() => shapes().delete(name))
  return entry.shape
}
