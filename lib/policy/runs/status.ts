import type { Execution } from '../../contract/swr/replication'
import type { TagPhase } from '../../contract/swr/runs'
import { countersOf } from './counters'

export type Phase = 'running' | 'succeeded' | 'failed' | 'stopped' | 'unknown'

/** Replication and retention spell the same states differently (docs/swr-api.md section 8). */
const phases = new Map<string, Phase>([
  ...['initialized', 'pending', 'scheduled', 'inprogress', 'running'].map((status) => [status, 'running'] as const),
  ...['succeed', 'success'].map((status) => [status, 'succeeded'] as const),
  ...['failed', 'error'].map((status) => [status, 'failed'] as const),
  ['stopped', 'stopped'],
])

/** `raw` is what SWR said, to be shown when the phase is unknown. */
export function readStatus(text: string | null | undefined): { phase: Phase; raw: string } {
  const raw = text ?? ''
  return { phase: phases.get(raw.trim().toLowerCase()) ?? 'unknown', raw }
}

/** Spellings of what has not begun. */
const waiting = ['initialized', 'pending', 'scheduled']

/** The same for a tag or a repository of a run, of which some wait while others are on their way. */
export function readTagPhase(text: string | null | undefined): TagPhase {
  return waiting.includes((text ?? '').trim().toLowerCase()) ? 'waiting' : readStatus(text).phase
}

export type Outcome = Phase | 'partly_failed' | 'nothing_matched'

/**
 * How a run ended. A run without a task succeeds although nothing was copied; one that failed without a task did fail, and
 * its `status_text` says why. The counters count tasks, which are repositories.
 */
export function outcomeOf(execution: Pick<Execution, 'status' | 'total' | 'succeed' | 'failed' | 'stopped'>): Outcome {
  const { phase } = readStatus(execution.status)
  const { total, succeed, failed } = countersOf(execution)
  if (phase === 'succeeded' && total === 0 && execution.total !== undefined) return 'nothing_matched'
  if ((phase === 'failed' && succeed > 0) || (phase === 'succeeded' && failed > 0)) {
    return succeed > 0 ? 'partly_failed' : 'failed'
  }
  return phase
}

export type Health = 'healthy' | 'unhealthy' | 'unknown'

/** The vocabulary of a registry's status is not documented: other words are unknown (docs/swr-api.md section 14). */
export function readHealth(status: string | null | undefined): Health {
  const word = status?.trim().toLowerCase()
  return word === 'healthy' || word === 'unhealthy' ? word : 'unknown'
}
