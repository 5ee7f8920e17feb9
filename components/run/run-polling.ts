import type { Run } from '@/lib/contract/swr/runs'
import { readStatus } from '@/lib/policy/runs/status'
import { parseTime } from '@/lib/policy/schedule/instant'

/** While a run moves it is looked at again; a hidden tab never asks (TanStack Query's default). */
const interval = 3_000
/** A run that hangs, or that failed a short while ago and may be tried again by the service (docs/swr-api.md section 17). */
const slowInterval = 30_000
const mayReturnFor = 15 * 60_000
/** A status that nobody knows may be an end. */
const mostLooks = 100

interface State {
  readonly data: Run | undefined
  readonly error: unknown
  readonly dataUpdateCount: number
}

/** After a failure nothing is asked by itself: bad signatures in a row lock the key. */
export function pollRun({ data, error, dataUpdateCount }: State): number | false {
  if (!data || error) return false
  const { phase } = readStatus(data.execution.status)
  if (phase === 'running' && data.hangs) return slowInterval
  const moves = phase === 'running' || data.refreshing || (phase === 'unknown' && dataUpdateCount < mostLooks)
  if (moves) return interval
  return phase === 'failed' && Date.now() - (parseTime(data.execution.updated_at) ?? 0) < mayReturnFor
    ? slowInterval
    : false
}

/** Tags follow their run: as long as it moves, and until they are as new as it is. */
export const pollTags = (run: Run, moves: boolean) => (state: { data: { at: string } | undefined; error: unknown }) =>
  !state.error && (moves || (state.data !== undefined && state.data.at < run.at)) ? interval : false
