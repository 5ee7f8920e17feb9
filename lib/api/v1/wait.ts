import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { ProblemError } from '../../contract/problem'
import { globalSlot } from '../../global-slot'

/** Requests of one actor that wait at a time: each is a socket that stays open. */
const maxWaiting = 20

const waiting = globalSlot('v1-waiting', () => new Map<string, number>())

async function whileCounted<Result>(actor: string, work: () => Promise<Result>): Promise<Result> {
  const count = waiting().get(actor) ?? 0
  if (count >= maxWaiting) throw new ProblemError({ status: 429, code: 'too_many_requests', retryAfter: 5 })
  waiting().set(actor, count + 1)
  try {
    return await work()
  } finally {
    const left = (waiting().get(actor) ?? 1) - 1
    if (left > 0) waiting().set(actor, left)
    else waiting().delete(actor)
  }
}

interface Waiting<State> {
  readonly actor: string
  /** Seconds. */
  readonly wait: number
  readonly since: number | undefined
  readonly signal: AbortSignal
  readonly isOver: (state: State) => boolean
  /** Waits until it may be worth another look: for so many milliseconds at most. */
  readonly pause: (state: State, maxMs: number, signal: AbortSignal) => Promise<unknown>
}

/** A pause of fixed length; shorter when the time is over or the caller has gone. */
export const pauseOf =
  (ms: number) =>
  (_: unknown, maxMs: number, signal: AbortSignal): Promise<unknown> =>
    setTimeout(Math.min(ms, maxMs), undefined, { signal }).catch(() => undefined)

/**
 * Looks again and again: until the state has another version than `since`, or is over, or the time is; at once when there is
 * nothing to wait for. Without `since` a change is nothing to come back for.
 */
export async function waitFor<State extends { readonly version: number }>(
  look: () => Promise<State>,
  { actor, wait, since, signal, isOver, pause }: Waiting<State>,
): Promise<State> {
  const end = performance.now() + wait * 1000
  const first = await look()
  const isNews = (state: State) => isOver(state) || (since !== undefined && state.version !== since)
  if (wait === 0 || isNews(first)) return first
  return await whileCounted(actor, async () => {
    let state = first
    for (;;) {
      const left = end - performance.now()
      if (left <= 0 || signal.aborted || isNews(state)) return state
      await pause(state, left, signal)
      state = await look()
    }
  })
}
