import type { Run } from '@/lib/contract/swr/runs'
import { readStatus } from '@/lib/policy/runs/status'

/** Something failed, and the run is over: only then there is anything to run again. */
export const hasFailed = ({ execution, tags, whole }: Run): boolean =>
  tags.failed + whole > 0 && readStatus(execution.status).phase !== 'running'
