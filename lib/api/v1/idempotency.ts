import 'server-only'
import { createHash } from 'node:crypto'
import { logAuditFailure } from '../../audit/with-audit'
import { type ProblemCode, ProblemError, problemOf } from '../../contract/problem'
import { beginRequest, finishRequest, type IdempotentRequest, releaseRequest } from '../../db/idempotent-requests'
import type { Db } from '../../db/schema'

const maxKeyLength = 200

/** The key of a write, if it has one. */
export function keyOf(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key') ?? undefined
  if (key !== undefined && (key.trim() === '' || key.length > maxKeyLength)) {
    const fields = { 'header.Idempotency-Key': key.trim() === '' ? 'too_small' : 'too_big' }
    throw new ProblemError({ status: 422, code: 'invalid_request', fields })
  }
  return key
}

/** Equal for requests that mean the same, however their JSON is spaced. */
export const requestHash = (method: string, path: string, body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([method, path, body ?? null]))
    .digest('hex')

/** An answer as it is sent and kept. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Refusals before anything was done, which have an end: the same key may be used to try again. */
const passing: readonly ProblemCode[] = ['too_many_requests', 'too_many_attempts', 'connection_busy', 'swr_throttled']

const refuse = (code: ProblemCode, retryAfter?: number) => new ProblemError({ status: 409, code, retryAfter })

/**
 * Carries a request out once: whoever sends it again within a day gets the first one's answer, a problem included. When the
 * console dies in the middle, the request is never carried out by this key again; `idempotency_unknown` says so. `toAnswer`
 * makes the answer of a problem.
 */
export async function onlyOnce(
  db: Db,
  request: IdempotentRequest,
  work: () => Promise<Answer>,
  toAnswer: (error: unknown) => Answer,
): Promise<Answer & { readonly isRepeated: boolean }> {
  const begun = await beginRequest(db, request)
  if (begun.state === 'answered') return { status: begun.status, body: begun.answer, isRepeated: true }
  if (begun.state === 'running') throw refuse('idempotency_running', 2)
  if (begun.state === 'unknown') throw refuse('idempotency_unknown')
  if (begun.state === 'reused') throw refuse('idempotency_reused')
  const keep = (answer: Answer) =>
    // What was done is done, also when its answer cannot be kept.
    finishRequest(db, request, { status: answer.status, answer: answer.body }).catch(logAuditFailure('idempotency'))
  try {
    const answer = await work()
    await keep(answer)
    return { ...answer, isRepeated: false }
  } catch (error) {
    if (passing.includes(problemOf(error).code)) await releaseRequest(db, request).catch(logAuditFailure('idempotency'))
    else await keep(toAnswer(error))
    throw error
  }
}
