import { readStatus } from '../runs/status'

/** What may be said of what an execution does not keep. */
export type Deletion = 'deleted' | 'foretold' | 'moving' | 'unknown'

interface Told {
  /** Null where SWR does not say. */
  readonly dryRun: boolean | null
  /** Of the execution. */
  readonly status: string
}

/**
 * Whether a part of an execution, a repository or an image, deleted what it does not keep. A dry run deletes nothing; of one that
 * may be either, and of what did not succeed, nobody knows.
 */
export function deletionOf({ dryRun, status }: Told, part: string): Deletion {
  if (dryRun) return 'foretold'
  const [whole, { phase }] = [readStatus(status).phase, readStatus(part)]
  // A part that says nothing stands as the whole does.
  const own = phase === 'unknown' ? whole : phase
  if (own === 'running') return whole === 'running' ? 'moving' : 'unknown'
  return own === 'succeeded' && dryRun === false ? 'deleted' : 'unknown'
}
