import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { type Problem, type ProblemCode, ProblemError, problemOf } from '../contract/problem'
import { withAnyLease } from '../db/lease'
import { db } from '../db/open'
import type { Connection } from '../env/connections'
import { globalSlot } from '../global-slot'
import { isRefusal, KeyBudget, keyIdOf } from './key-budget'

/** After a success, requests go side by side for so long. Then one goes first again: the key may have been replaced. */
export const proofMs = 5_000

/** A refusal comes from the gateway, at once: when one request takes longer, a second may go. */
const slowMs = 1_000
/** Longest that SWR is given for any request. */
const patienceSeconds = 120
/** How long other consoles wait for one that died while it tried a key. */
const leaseSeconds = 15

/** Answers of SWR's own that say no to a request, not to its signature. */
const answered: readonly ProblemCode[] = [
  'swr_not_found',
  'swr_forbidden',
  'swr_invalid',
  'swr_conflict',
  'swr_tags_failed',
]
const isProof = ({ code, swr }: Problem) =>
  (answered.includes(code) && !/^APIGW?\./.test(swr?.code ?? '')) || /^(SVCSTG\.)?SWR\./.test(swr?.code ?? '')

/** SWR did not answer at all: whoever waits for the same key would wait in vain for as long. */
const silent: readonly ProblemCode[] = ['swr_unreachable', 'swr_timeout', 'swr_broke_off']

/** Two slots, as there are refusals in the budget. */
const slots = [0, 1] as const
type Slot = (typeof slots)[number]

interface KeyState {
  readonly budget: KeyBudget
  readonly leases: readonly [string, string]
  provenAt: number
  /** Counts refusals: a success that was asked for before one proves nothing. */
  refusals: number
  /** Requests that go first; each tells the others why they need not go. */
  readonly first: [Promise<Problem | null> | null, Promise<Problem | null> | null]
}

const isProven = ({ provenAt }: KeyState) => performance.now() - provenAt < proofMs

const states = globalSlot('credentials', () => new Map<string, KeyState>())

function stateOf({ credential }: Connection): KeyState {
  const id = keyIdOf(credential)
  const name = `${id.key} ${id.fingerprint}`
  const known = states().get(name)
  if (known) return known
  const leases = slots.map((slot) => `key/${id.key}/${slot}`) as [string, string]
  const state: KeyState = {
    budget: new KeyBudget(id),
    leases,
    provenAt: Number.NEGATIVE_INFINITY,
    refusals: 0,
    first: [null, null],
  }
  states().set(name, state)
  return state
}

/**
 * Sends with the key of a connection, but never lets a bad one be tried many times over. While SWR has not accepted it for
 * a moment, one request goes first, in all consoles on this database, and the others wait for what becomes of it. What is
 * unreachable or late proves nothing. Throws what SWR said of the key, with `key`, when it is not to be tried now.
 */
export async function withKey<Answer>(target: Connection, send: () => Promise<Answer>): Promise<Answer> {
  const state = stateOf(target)
  for (;;) {
    if (isProven(state)) return await observe(target, state, send)
    const [first, second] = state.first
    if (!first) return await goFirst(target, state, send, 0)
    const early = await Promise.race([first, wait(slowMs, 'slow' as const, { ref: false })])
    if (early === 'slow' && !second) return await goFirst(target, state, send, 1)
    const problem = early === 'slow' ? await Promise.race([first, second ?? first]) : early
    if (problem) throw new ProblemError(problem)
  }
}

async function goFirst<Answer>(
  target: Connection,
  state: KeyState,
  send: () => Promise<Answer>,
  slot: Slot,
): Promise<Answer> {
  let tell: (problem: Problem | null) => void = () => {}
  state.first[slot] = new Promise((resolve) => {
    tell = resolve
  })
  try {
    const answer = await tried(target, state, send, slot)
    tell(null)
    return answer
  } catch (error) {
    const problem = problemOf(error)
    tell(problem.key ? problem : silent.includes(problem.code) ? { status: 502, code: 'swr_unreachable' } : null)
    throw error
  } finally {
    state.first[slot] = null
  }
}

/**
 * Under a lease, so that consoles which share the database do not each try the same key. Where another console has been at
 * it for a moment, the second slot is free to take.
 */
async function tried<Answer>(target: Connection, state: KeyState, send: () => Promise<Answer>, slot: Slot) {
  const late = () => new ProblemError({ status: 502, code: 'swr_unreachable' })
  const isBusy = (error: unknown) => problemOf(error).code === 'busy_here'
  const under = async (taken: Slot, waitSeconds: number) => {
    let hasBegun = false
    const work = () => {
      hasBegun = true
      return admitted(target, state, send, taken)
    }
    try {
      return await withAnyLease(
        await db(),
        [state.leases[taken]],
        { seconds: leaseSeconds, patienceSeconds: waitSeconds },
        work,
      )
    } catch (error) {
      // Without a database there are no turns, but what this process remembers is held to.
      if (hasBegun || isBusy(error)) throw error
      return await work()
    }
  }
  try {
    if (slot === 0) return await under(0, slowMs / 1000)
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  return await under(1, patienceSeconds).catch((error: unknown) => {
    throw isBusy(error) ? late() : error
  })
}

async function admitted<Answer>(target: Connection, state: KeyState, send: () => Promise<Answer>, slot: Slot) {
  const { budget } = state
  const { isClean } = await budget.admit(target)
  // One refusal is left: it belongs to the request that is under way.
  if (slot === 1 && !isClean) throw new ProblemError({ status: 502, code: 'swr_unreachable' })
  try {
    return await observe(target, state, send)
  } finally {
    if (!isClean && isProven(state)) await budget.clear()
  }
}

/** Sends, and learns from the answer what it says of the key. */
async function observe<Answer>(target: Connection, state: KeyState, send: () => Promise<Answer>): Promise<Answer> {
  const { refusals } = state
  const prove = () => {
    if (state.refusals === refusals) state.provenAt = performance.now()
  }
  try {
    const answer = await send()
    prove()
    return answer
  } catch (error) {
    const problem = problemOf(error)
    if (isRefusal(problem)) {
      state.refusals += 1
      state.provenAt = Number.NEGATIVE_INFINITY
      throw new ProblemError(await state.budget.refuse(problem, target))
    }
    if (isProof(problem)) prove()
    throw error
  }
}
