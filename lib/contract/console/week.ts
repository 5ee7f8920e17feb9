import { z } from 'zod'
import { freshness } from '../freshness'
import { wholeNumber } from '../paging'
import { pageOf } from './paging'

const kind = z.enum(['replication', 'retention'])
const registry = z.object({ id: z.number(), name: z.string() })

const scheduled = z.object({
  kind,
  id: z.number(),
  name: z.string(),
  namespace: z.string().nullable(),
  registry: registry.nullable(),
  enabled: z.boolean(),
  cron: z.string(),
  /** Seconds that its runs usually take; null when none is known. */
  usual: z.number().nullable(),
})
export type Scheduled = z.output<typeof scheduled>

const quarters = z.array(z.number())

/** All schedules of one registry as one row; without one, all of a kind. */
const lane = z.object({
  kind,
  registry: registry.nullable(),
  starts: z.number(),
  /** One of them is. */
  enabled: z.boolean(),
  /** Quarters of an hour from the first midnight on in which something starts. */
  marks: z.object({ replication: quarters, retention: quarters, disabled: quarters }),
})
export type WeekLane = z.output<typeof lane>

const peak = z.object({
  /** Time of day in the zone, `02:00`. */
  time: z.string(),
  at: z.array(z.number()),
  count: z.number(),
  first: z.array(scheduled.pick({ kind: true, id: true, name: true, namespace: true })),
})
export type WeekPeak = z.output<typeof peak>

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** Where the days begin. */
const zone = z.string().max(64).refine(isZone).default('UTC')
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

/** Schemas of what is scheduled in an instance over seven days: what is the matter with all of it, and a page of it. */
export const weekOperations = {
  weekShow: {
    query: z.strictObject({ zone }),
    response: freshness.extend({
      zone: z.string(),
      /** The first midnight there, in milliseconds. */
      from: z.number(),
      /** Schedules. */
      count: z.number(),
      /** By hours since then: how many start in the closest 15 minutes that begin in the hour. */
      busiest: z.array(z.object({ hour: z.number(), count: z.number() })),
      /** Stretches of 15 minutes in which too many start; those that come back daily are one row. */
      peaks: z.object({ count: z.number(), rows: z.number(), first: z.array(peak) }),
      lanes: z.array(lane),
    }),
  },
  weekScheduleList: {
    query: z.strictObject({
      ...pageOf(100),
      zone,
      q: z.string().max(256).optional(),
      registry: wholeNumber(1).optional(),
      /** Those that start when too many do. */
      crowded: flag.optional(),
      /** This replication policy alone. */
      policy: wholeNumber(1).optional(),
    }),
    response: freshness.extend({
      schedules: z.array(scheduled),
      /** That fit the filters, and without them. */
      total: z.number(),
      all: z.number(),
    }),
  },
} as const
