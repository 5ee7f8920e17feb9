import type { Run } from '@/lib/contract/swr/runs'
import { readStatus } from '@/lib/policy/runs/status'

/** While a run moves it is looked at again; a hidden tab never asks (TanStack Query's default). */
const interval = 3_000
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
  const moves = phase === 'running' || data.refreshing || (phase === 'unknown' && dataUpdateCount < mostLooks)
  return moves ? interval : false
}

/** Tags follow their run: as long as it moves, and until they are as new as it is. */
export const pollTags = (run: Run, moves: boolean) => (state: { data: { at: string } | undefined; error: unknown }) =>
  !state.error && (moves || (state.data !== undefined && state.data.at < run.at)) ? interval : false
