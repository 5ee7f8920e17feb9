import 'server-only'
import { ProblemError } from '../contract/problem'
import { countAttemptIn, forgetGroup, resetCount, type TallyName, takeBack } from '../db/rate-limit-counter'
import type { Db } from '../db/schema'

/** Wrong passwords in a window: from one address or one known browser, and from all addresses together. */
export const maxAttempts = { each: 10, account: 50 } as const
const windowSeconds = 15 * 60

/** Where an attempt comes from. */
export interface Origin {
  readonly address: string | null
  /** A browser in which the account was signed in to before. */
  readonly device: string | null
}

const groupOf = (email: string) => `sign-in\0${email.trim().toLowerCase()}`
const eachName = (email: string, { address, device }: Origin): TallyName => [
  groupOf(email),
  device === null ? `address\0${address}` : `device\0${device}`,
]
const accountName = (email: string): TallyName => [groupOf(email), 'account']

async function countOne(db: Db, name: TallyName, max: number, now: Date | undefined) {
  const { count, secondsLeft } = await countAttemptIn(db, name, windowSeconds, now)
  if (count > max) throw new ProblemError({ status: 429, code: 'too_many_attempts', retryAfter: secondsLeft })
}

/**
 * Counts an attempt on an account before its password is looked at. The same for accounts that do not exist: the answer
 * tells nothing. Who tries from elsewhere keeps nobody out of a browser that the account knows; one address alone cannot
 * use up what is counted for all of them.
 */
export async function countAttempt(db: Db, email: string, origin: Origin, now?: Date): Promise<void> {
  await countOne(db, eachName(email, origin), maxAttempts.each, now)
  if (origin.device === null) await countOne(db, accountName(email), maxAttempts.account, now)
}

/** Of the attempts that are too many, one in a while is worth an entry in the audit log. */
export const isFirstTooMany = async (db: Db, email: string): Promise<boolean> =>
  (await countAttemptIn(db, [groupOf(email), 'too-many'], windowSeconds)).count === 1

/** After the right password: what was counted of others stays. */
export async function forgetAttempts(db: Db, email: string, origin: Origin): Promise<void> {
  await resetCount(db, eachName(email, origin))
  if (origin.device === null) await takeBack(db, accountName(email))
}

/** All that was counted of an account: an admin vouches for it, or its owner has set a new password. */
export const liftThrottle = (db: Db, email: string): Promise<void> => forgetGroup(db, groupOf(email))

/** Tokens from one address in a window that are not good. */
export const maxTokenFailures = 30

/**
 * Counts a token that is not good. A good one never gets here, so nobody who has one is kept out by others at the same
 * address: there is nothing to guess among 240 random bits, this only bounds what strangers can have counted and entered.
 */
export const countTokenFailure = (db: Db, address: string | null, now?: Date): Promise<void> =>
  countOne(db, ['token', `${address}`], maxTokenFailures, now)

/**
 * The sign-in library's limits by address. Its own storage moves the window with every request, so that an office behind
 * one address would be counted as long as somebody there keeps coming.
 */
export const addressLimits = (db: Db) => ({
  async consume(key: string, { window, max }: { window: number; max: number }) {
    const { count, secondsLeft } = await countAttemptIn(db, `address\0${key}`, window)
    return { allowed: count <= max, retryAfter: count <= max ? null : secondsLeft }
  },
})
