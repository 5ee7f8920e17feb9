import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { ProblemError } from '../contract/problem'
import { globalSlot } from '../global-slot'

/*
 * SWR's quota of requests belongs to everybody. Nobody may use it up alone: each person has a bucket of tokens, one for
 * each request that reaches SWR. A page that works out a whole instance takes up to two hundred.
 */

export const maxTokens = 600
export const tokensPerSecond = 40
/** A short wait is nobody's to notice. */
const maxWaitMs = 2_000

interface Bucket {
  /** Below zero: so many are waited for. */
  tokens: number
  at: number
}

const buckets = globalSlot('person-limits', () => new LRUCache<string, Bucket>({ max: 10_000 }))

/** Takes a token, waiting for it a little. Throws `too_many_requests`. */
export async function takeToken(person: string): Promise<void> {
  const now = performance.now()
  const known = buckets().get(person) ?? { tokens: maxTokens, at: now }
  const tokens = Math.min(maxTokens, known.tokens + (Math.max(0, now - known.at) / 1000) * tokensPerSecond) - 1
  const waitMs = Math.max(0, (-tokens / tokensPerSecond) * 1000)
  if (waitMs > maxWaitMs) {
    buckets().set(person, { tokens: tokens + 1, at: now })
    throw new ProblemError({ status: 429, code: 'too_many_requests', retryAfter: Math.ceil(waitMs / 1000) })
  }
  buckets().set(person, { tokens, at: now })
  if (waitMs > 0) await setTimeout(waitMs)
}
