import type { SwrAction } from '../../contract/console/retention-vocabulary'
import type { RetentionSubtask } from '../../contract/swr/retention-runs'
import { readStatus } from '../runs/status'

/*
 * What SWR's own run says of a tag. It documents the action DEL alone; Harbor also writes RETAIN, IMMUTABLE and ERR
 * (docs/swr-api.md section 9).
 */

/** A deletion that failed, or was stopped, is none. */
function deletionOf(status: string | undefined): SwrAction {
  const { phase } = readStatus(status)
  return phase === 'failed' ? 'error' : phase === 'stopped' ? 'unknown' : 'delete'
}

export function actionOf({ action, status }: Pick<RetentionSubtask, 'action' | 'status'>): SwrAction {
  const word = (action ?? '').trim().toUpperCase()
  if (word.startsWith('DEL')) return deletionOf(status)
  if (word.startsWith('RETAIN') || word === 'KEEP') return 'keep'
  if (word.startsWith('IMMUTABLE')) return 'immutable'
  return word.startsWith('ERR') ? 'error' : 'unknown'
}

/** Images that these rows say are deleted. One may have a row for each of its tags; a row without a digest says of none. */
export const deletedDigests = (rows: readonly RetentionSubtask[]): ReadonlySet<string> =>
  new Set(rows.flatMap((row) => (row.digest && actionOf(row) === 'delete' ? [row.digest] : [])))
