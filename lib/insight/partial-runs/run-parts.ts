import 'server-only'
import pMap from 'p-map'
import { oneByOne } from '../../concurrency'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import type { Replication } from '../../contract/swr/replication'
import { type JobContext, Later, Paused } from '../../jobs/job'
import { runItem } from './item'

/* Parts of a policy, copied by short-lived policies. Every job that copies a part does it here. */

/** Parts at once, of all jobs of an instance: each takes a policy of the quota while it lasts. */
const maxParallelItems = 3

/** Seconds until what could not be removed is tried again: each attempt is an entry in the audit log. */
const secondsToRemove = 600

export interface Parts {
  readonly token: string
  /** The policy of which these are parts: it need not be in SWR. */
  readonly parent: Replication
  /** Of the job's data: what becomes of each is written into the list, and saved with the job. */
  readonly parts: PartialRunItem[]
  /** For the audit log. */
  readonly reason: string
  /** Milliseconds: after this nobody waits for anything any more. */
  readonly deadline: number
}

/**
 * Carries out parts from wherever they stand, and removes their policies. Answers null when all of it is done, and otherwise
 * the seconds after which the rest is to be taken up again. Throws `Paused` and `Interrupted`.
 */
export async function runParts(
  context: JobContext<unknown>,
  { parts, deadline, ...shared }: Parts,
): Promise<number | null> {
  const { job, save, check, permit, inSlot } = context
  const instance = job.instance ?? ''
  const inner = {
    ...shared,
    get actor() {
      return context.actor
    },
    connection: job.connection,
    instance,
    deadline,
    save,
    check,
    permit,
    inSlot: <Result>(work: () => Promise<Result>) =>
      inSlot(`scoped/${job.connection}/${instance}`, maxParallelItems, work, Math.max(0, deadline - Date.now()) / 1000),
    inTurn: oneByOne(),
    room: { isFull: false },
  }
  const failures: unknown[] = []
  // One at a time would be slow; all at once would fill the quota.
  await pMap(
    parts.keys(),
    (index) => runItem(inner, parts, index).catch((error: unknown) => void failures.push(error)),
    { concurrency: maxParallelItems },
  )
  check()
  const paused = failures.find((error) => error instanceof Paused)
  if (paused) throw paused
  if (failures.length === 0 || Date.now() > deadline) return null
  return Math.min(...failures.map((error) => (error instanceof Later ? error.seconds : secondsToRemove)))
}
