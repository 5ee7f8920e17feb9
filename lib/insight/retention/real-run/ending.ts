import 'server-only'
import type { RetentionExecution } from '../../../contract/swr/retention-runs'
import type { RunData } from '../job-types'
import type { Verdicts } from '../verdicts'

/** How SWR says it ended, and why, a line each. */
export const wordsOf = (row: RetentionExecution | null, reasons: readonly string[] = []): string =>
  [row?.status ?? '', ...reasons].filter((words) => words !== '').join('\n')

/** How a run ends that SWR has ended. */
export function endingOf(
  row: RetentionExecution,
  succeeded: boolean,
  { complete, reasons }: Verdicts,
): Pick<RunData, 'state' | 'failure' | 'text'> {
  if (!succeeded) return { state: 'failed', failure: 'swr_failed', text: wordsOf(row, reasons) }
  return { state: 'done', failure: complete ? null : 'retention_cut', text: reasons.join('\n') }
}
