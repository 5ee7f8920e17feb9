import 'server-only'
import { ProblemError } from '../contract/problem'
import { forgetTally, tally } from '../db/rate-limit-counter'
import type { Db } from '../db/schema'

const most = 10
const windowSeconds = 15 * 60

const nameOf = (email: string) => `sign-in\0${email.trim().toLowerCase()}`

/**
 * Counts an attempt on an account before its password is looked at. The same for accounts that do not exist: the answer
 * tells nothing.
 */
export async function countAttempt(db: Db, email: string, at?: Date): Promise<void> {
  const { count, secondsLeft } = await tally(db, nameOf(email), windowSeconds, at)
  if (count > most) throw new ProblemError({ status: 429, code: 'too_many_attempts', retryAfter: secondsLeft })
}

/** Of the attempts that are too many, one in a while is worth an entry in the change log. */
export const isFirstTooMany = async (db: Db, email: string): Promise<boolean> =>
  (await tally(db, `too-many\0${nameOf(email)}`, windowSeconds)).count === 1

/** After the right password. */
export const forgetAttempts = (db: Db, email: string): Promise<void> => forgetTally(db, nameOf(email))

/**
 * The sign-in library's limits by address. Its own storage moves the window with every request, so that an office behind
 * one address would be counted as long as somebody there keeps coming.
 */
export const addressLimits = (db: Db) => ({
  async consume(key: string, { window, max }: { window: number; max: number }) {
    const { count, secondsLeft } = await tally(db, `address\0${key}`, window)
    return { allowed: count <= max, retryAfter: count <= max ? null : secondsLeft }
  },
})
