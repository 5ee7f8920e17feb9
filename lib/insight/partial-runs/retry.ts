import 'server-only'
import { setTimeout } from 'node:timers/promises'
import type { Actor } from '../../contract/actor'
import { type ProblemCode, problemOf } from '../../contract/problem'
import type { Replication } from '../../contract/swr/replication'

/* What the parts of one scoped run have in common, and how they ask SWR: for as long as it takes, and never twice. */

export interface Scoped {
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
  /** One at a time among the parts of this run. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Somebody has waited for room in the quota in vain. */
  readonly room: { isFull: boolean }
}

/** Somebody else carries the run out, or nothing can be kept: this process goes no further, and changes nothing more. */
export class Interrupted extends Error {}

/** SWR cannot be asked now: the part stays as it stands and is taken up again, after so many seconds. */
export class Later extends Error {
  constructor(readonly seconds = 60) {
    super()
  }
}

export const pause = (seconds: number): Promise<void> => setTimeout(seconds * 1000, undefined, { ref: false })

export const instanceOf = ({ instance }: Scoped) => ({ instance_id: instance })

/** Failures that pass by themselves. */
const passing: readonly ProblemCode[] = [
  'swr_throttled',
  'swr_busy',
  'swr_timeout',
  'swr_unreachable',
  'swr_broke_off',
  'swr_failed',
  'swr_key_locked',
]
/** The console's own credential is refused: until somebody mends that nothing can be learnt, and each attempt counts. */
const shutOut: readonly ProblemCode[] = ['swr_wrong_secret', 'swr_unknown_key', 'swr_token', 'swr_clock']
const secondsShutOut = 600

/** After these SWR may have done what it was asked. */
const unclear: readonly ProblemCode[] = ['swr_timeout', 'swr_broke_off', 'swr_unreadable', 'swr_failed']

export const isUnclear = (error: unknown): boolean => unclear.includes(problemOf(error).code)

const attempts = 7
const longestPause = 30

/** A read for which it is worth waiting; `Later` when SWR goes on failing. */
export async function patiently<Answer>(of: Scoped, read: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    of.check()
    try {
      return await read()
    } catch (error) {
      const { code, retryAfter } = problemOf(error)
      if (shutOut.includes(code)) throw new Later(secondsShutOut)
      if (!passing.includes(code)) throw error
      if (attempt === attempts) throw new Later()
      await pause(Math.min(retryAfter ?? 2 ** (attempt - 1), longestPause))
    }
  }
}

/** A write. What the gateway turned back for being too much at once was not carried out: alone that is sent again. */
export async function whenLetThrough<Answer>(of: Scoped, send: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    of.check()
    try {
      return await send()
    } catch (error) {
      const { code, retryAfter } = problemOf(error)
      if (code !== 'swr_throttled' || attempt === attempts) throw error
      await pause(Math.min(retryAfter ?? 2 ** attempt, longestPause))
    }
  }
}
