import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { type Problem, ProblemError } from '../contract/problem'
import { globalSlot } from '../global-slot'

/** A pause that is no longer is waited out; of a longer one the caller is told at once. */
const maxWaitMs = 5_000

const pauses = globalSlot('pauses', () => new Map<string, number>())

/** Waits as long as SWR has asked any request of this connection to wait. Throws `swr_throttled` when that is too long. */
export async function waitOutPause(connection: string): Promise<void> {
  for (;;) {
    const left = (pauses().get(connection) ?? 0) - performance.now()
    if (left <= 0) return
    if (left > maxWaitMs)
      throw new ProblemError({ status: 429, code: 'swr_throttled', retryAfter: Math.ceil(left / 1000) })
    await setTimeout(left)
  }
}

/** After "too many requests" with a time to wait, nobody asks before it is over. */
export function notePause(connection: string, { code, retryAfter }: Problem): void {
  if (code !== 'swr_throttled' || !retryAfter) return
  const until = performance.now() + retryAfter * 1000
  pauses().set(connection, Math.max(until, pauses().get(connection) ?? 0))
}
