import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { type pageSizes, pageWindow, pagingAddress, searchAddress } from '@/components/table/search-params'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { JobState } from '@/lib/contract/console/sync-vocabulary'

export const jobStates = ['running', 'paused', 'done', 'canceled'] as const satisfies readonly JobState[]

/** Everything that makes one view of the jobs of the past. */
export const jobsAddress = {
  ...pagingAddress,
  ...searchAddress,
  state: parseAsStringLiteral(jobStates),
  person: parseAsString.withDefault(''),
  region: parseAsString.withDefault(''),
}

export interface JobsView {
  page: number
  size: (typeof pageSizes)[number]
  q: string
  state: JobState | null
  person: string
  region: string
}

/** What a view is narrowed by. */
export const jobFilters = ({ q, state, person, region }: JobsView) => ({
  ...(q && { search: q }),
  ...(state && { state }),
  ...(person && { person }),
  ...(region && { region }),
})

/** The one question that answers a view; the page and the browser ask it under the same key. */
export const jobsInput = (connection: string, view: JobsView): ConsoleInput<'syncJobList'> => ({
  params: { connection },
  query: { ...pageWindow(view), ...jobFilters(view) },
})
