import 'server-only'
import { setTimeout } from 'node:timers/promises'
import pRetry from 'p-retry'
import type { Actor } from '../../contract/actor'
import { type ProblemCode, problemOf, turnedBack } from '../../contract/problem'
import type { Replication } from '../../contract/swr/replication'
import { Later } from '../../jobs/job'

/* What the parts of one partial run have in common, and how they ask SWR: for as long as it takes, and never twice. */

export interface PartialRunContext {
  /** Who started it; the console itself once that person may not do it any more. */
  readonly actor: Actor
  readonly connection: string
  readonly instance: string
  readonly reason: string
  readonly token: string
  /** The policy of which this is a part. */
  readonly parent: Replication
  /** Milliseconds: after this nobody waits for anything any more. */
  readonly deadline: number
  /** Keeps what is known so far; throws `Interrupted`. */
  readonly save: () => Promise<void>
  /** Throws `Interrupted` when somebody else carries the run out by now. */
  readonly check: () => void
  /** Throws what forbids the next step (`JobContext`): asked before each. */
  readonly permit: () => Promise<void>
  /** Waits until the instance has room for one more short-lived policy, of any run. */
  readonly inSlot: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** One at a time among the parts of this run. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Somebody has waited for room in the quota in vain. */
  readonly room: { isFull: boolean }
}

/** All that asking again needs to know: it ends when somebody else carries the job out. */
type Working = Pick<PartialRunContext, 'check'>

export const sleep = (seconds: number): Promise<void> => setTimeout(seconds * 1000, undefined, { ref: false })

export const instanceOf = ({ instance }: PartialRunContext) => ({ instance_id: instance })

/** Failures that pass by themselves. */
const passing: readonly ProblemCode[] = [
  'swr_throttled',
  'swr_busy',
  'swr_timeout',
  'swr_unreachable',
  'swr_broke_off',
  'swr_failed',
  'swr_key_locked',
  'connection_busy',
  'too_many_requests',
]
/** The console's own credential is refused: until somebody mends that nothing can be learnt, and each attempt counts. */
const shutOut: readonly ProblemCode[] = ['swr_wrong_secret', 'swr_unknown_key', 'swr_token', 'swr_clock']
const secondsShutOut = 600

/** After these SWR may have done what it was asked. */
const unclear: readonly ProblemCode[] = ['swr_timeout', 'swr_broke_off', 'swr_unreadable', 'swr_failed']

export const isOutcomeUnknown = (error: unknown): boolean => unclear.includes(problemOf(error).code)

const maxAttempts = 7
const maxPauseSeconds = 30

/** Tries again after failures of these codes, and after the time that SWR asks for or a growing one. */
function retry<Answer>(
  context: Working,
  codes: readonly ProblemCode[],
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  return pRetry(
    () => {
      context.check()
      return attempt()
    },
    {
      retries: maxAttempts - 1,
      // The wait is SWR's to say: the library has none of its own.
      minTimeout: 0,
      shouldRetry: async ({ error, attemptNumber }) => {
        const { code, retryAfter } = problemOf(error)
        if (!codes.includes(code)) return false
        await sleep(Math.min(retryAfter ?? 2 ** (attemptNumber - 1), maxPauseSeconds))
        return true
      },
    },
  )
}

/** A read for which it is worth waiting; `Later` when SWR goes on failing. */
export async function withRetry<Answer>(context: Working, read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await retry(context, passing, read)
  } catch (error) {
    const { code, key } = problemOf(error)
    if (key || shutOut.includes(code)) throw new Later(secondsShutOut)
    throw passing.includes(code) ? new Later() : error
  }
}

/** A write. What was turned back for being too much at once was not carried out: alone that is sent again. */
export const retryWhenThrottled = <Answer>(context: Working, send: () => Promise<Answer>): Promise<Answer> =>
  retry(context, turnedBack, send)
