import { parseAsBoolean, parseAsInteger, parseAsStringLiteral } from 'nuqs/server'
import { pageWindow, pagingAddress, searchAddress } from '@/components/table/search-params'
import type { ConsoleInput, ConsoleOutput } from '@/lib/contract/console/schemas'
import type { Scheduled } from '@/lib/contract/console/week'
import { type InstanceLocation, routes } from '@/lib/routes'

export const rowKinds = ['policy', 'registry'] as const
/** Of the viewer, or of the schedules themselves. */
export type WeekZone = 'own' | 'utc'

/** The view of the week: how its strip has rows, and which of its schedules the table shows. */
export const weekAddress = {
  ...pagingAddress,
  ...searchAddress,
  by: parseAsStringLiteral(rowKinds).withDefault('policy'),
  registry: parseAsInteger,
  crowded: parseAsBoolean.withDefault(false),
}

const paramsOf = ({ connection, instance }: InstanceLocation) => ({ connection, instance_id: instance })

/* The page and the browser ask under the same keys. */

export const weekInput = (at: InstanceLocation, zone: string): ConsoleInput<'weekShow'> => ({
  params: paramsOf(at),
  query: { zone },
})

/** Rows that the strip has at first, and gets with each "more". */
export const stripPage = 100

export const stripInput = (at: InstanceLocation, page: number): ConsoleInput<'weekScheduleList'> => ({
  params: paramsOf(at),
  query: { offset: page * stripPage, limit: stripPage },
})

export interface ScheduleView {
  page: number
  size: number
  q: string
  registry: number | null
  crowded: boolean
}

export const scheduleInput = (
  at: InstanceLocation,
  zone: string,
  view: ScheduleView,
): ConsoleInput<'weekScheduleList'> => ({
  params: paramsOf(at),
  query: {
    ...pageWindow(view),
    ...(view.q && { q: view.q }),
    ...(view.registry && view.registry > 0 && { registry: view.registry }),
    // What is crowded depends on where the days begin.
    ...(view.crowded && { crowded: true, zone }),
  },
})

export const weekZoneOf = (cookie: string | undefined): WeekZone => (cookie === 'utc' ? 'utc' : 'own')

/** The page of what is scheduled; a retention policy without its namespace has none. */
export function scheduleHref(
  at: InstanceLocation,
  { kind, id, namespace }: Pick<Scheduled, 'kind' | 'id' | 'namespace'>,
) {
  if (kind === 'replication') return routes.replicationPolicy(at, id)
  return namespace ? routes.retentionPolicy(at, namespace, id) : routes.retention(at)
}

/** Asked again while a newer look is on its way. */
export const refreshingPolling = (answer: { readonly refreshing: boolean } | undefined): number | false =>
  answer?.refreshing ? 1_500 : false

const minuteMs = 60_000
const longestDayMs = 25 * 60 * minuteMs

/** The same for the week, whose first day ends while it is looked at. */
export const weekPolling = (week: ConsoleOutput<'weekShow'> | undefined): number | false =>
  refreshingPolling(week) || (week && Date.now() > week.from + longestDayMs ? minuteMs : false)
