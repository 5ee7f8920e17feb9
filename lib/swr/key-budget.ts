import 'server-only'
import { createHash } from 'node:crypto'
import { type Problem, type ProblemCode, ProblemError } from '../contract/problem'
import { addRefusal, clearRefusals, findRefusals, type KeyId, type KeyRefusals, takeGrant } from '../db/key-refusals'
import { db } from '../db/open'
import type { Connection } from '../env/connections'
import type { Credential } from '../env/credential'
import { log } from '../net/log'

/*
 * Refusals of a cloud key are a budget, kept in the database: more than five bad signatures in a row lock the key for
 * everybody who uses it (docs of the API gateway; docs/swr-api.md section 1, rule 13).
 */

/** Refusals of one secret after which nothing is sent until an admin says so or the key changes. */
export const maxRefusals = 2
/** The same for one key, however many secrets were tried with it. */
const maxInRow = 4
/** A lock ends after five minutes. */
const lockMinutes = 5

const hash = (...parts: readonly (string | undefined)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

export const keyIdOf = ({ access, secret, securityToken }: Credential): KeyId => ({
  key: hash('key', access),
  // Cut short: it tells that something has changed, and does not let guesses of the secret be verified.
  fingerprint: hash('fingerprint', access, secret, securityToken).slice(0, 8),
})

/** Those that the gateway counts, or may count, as a bad signature. */
const counted: readonly ProblemCode[] = ['swr_wrong_secret', 'swr_unknown_key', 'swr_token']
/** A refusal of the credential that says nothing about its signature. */
const uncounted: readonly ProblemCode[] = ['swr_key_locked', 'swr_clock']

/** The gateway has more words for it than those that are known. */
const isCounted = ({ code, swr }: Problem) =>
  counted.includes(code) || (code === 'swr_unauthorized' && /^APIGW?\.0301$/.test(swr?.code ?? ''))

export const isRefusal = (problem: Problem) => isCounted(problem) || uncounted.includes(problem.code)

/** Why nothing may be sent now; null when something may. */
export function blockOf(refusals: KeyRefusals | null, connection: string, now: Date): Problem | null {
  if (!refusals || refusals.granted) return null
  const { spent, inRow, retryAt, problem } = refusals
  const stopped = spent >= maxRefusals || inRow >= maxInRow
  if (!stopped && now >= retryAt) return null
  const { retryAfter: _, ...rest } = problem
  return {
    ...rest,
    ...(!stopped && { retryAfter: Math.ceil((retryAt.getTime() - now.getTime()) / 1000) }),
    key: { connection, stopped, refusals: Math.max(spent, inRow) },
  }
}

/** What this process remembers, for when the database cannot be asked. */
export class KeyBudget {
  private spent = 0
  private problem: Problem | null = null

  constructor(private readonly id: KeyId) {}

  /** Throws when nothing may be sent; answers whether anything is on record that a success has to clear. */
  async admit(target: Connection): Promise<{ readonly isClean: boolean }> {
    const now = new Date()
    let refusals: KeyRefusals | null
    try {
      refusals = await findRefusals(await db(), this.id)
    } catch (error) {
      this.complain(error)
      if (!this.problem) return { isClean: true }
      refusals = { spent: this.spent, inRow: 0, retryAt: now, granted: false, problem: this.problem }
    }
    const block = blockOf(refusals, target.id, now)
    if (block) throw new ProblemError(block)
    // A grant is good for one request: whoever comes second finds it gone.
    if (refusals?.granted && !(await takeGrant(await db(), this.id))) return await this.admit(target)
    return { isClean: refusals === null }
  }

  /** Enters a refusal; answers it with what follows from it. */
  async refuse(problem: Problem, { id: connection }: Connection): Promise<Problem> {
    const now = new Date()
    const isSpent = isCounted(problem)
    if (isSpent) this.spent += 1
    this.problem = problem
    try {
      const store = await db()
      const minMinutes = problem.code === 'swr_key_locked' ? lockMinutes : 0
      await addRefusal(store, this.id, { problem, isSpent, minMinutes }, now)
      return blockOf(await findRefusals(store, this.id), connection, now) ?? problem
    } catch (error) {
      this.complain(error)
      return problem
    }
  }

  async clear(): Promise<void> {
    this.spent = 0
    this.problem = null
    await db()
      .then((store) => clearRefusals(store, this.id))
      .catch(this.complain)
  }

  private readonly complain = (error: unknown) => {
    const name = error instanceof Error ? error.name : typeof error
    log.error({ error: name }, 'refusals of a cloud key could not be read or kept')
  }
}
