import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Problem } from '../../contract/problem'
import type { ProblemDetails } from '../../contract/v1/schemas'
import { messages } from '../../i18n/messages'

const texts: Readonly<Record<Problem['code'], { readonly title: string }>> & {
  readonly [code: string]: unknown
} = messages.en.problem

/** A problem of the console as RFC 9457 has it. */
export function detailsOf(problem: Problem, requestId: string): ProblemDetails {
  const { status, code, swr, fields, detail } = problem
  return {
    status,
    title: texts[code].title,
    code,
    ...(detail !== undefined && { detail }),
    requestId,
    ...(swr && {
      swr: { status: swr.status, code: swr.code, message: swr.message, requestId: problem.requestId },
    }),
    ...(fields && { errors: Object.entries(fields).map(([path, broken]) => ({ path, code: broken })) }),
  }
}

/** A refusal before any handler is asked: as problem details where those are spoken. `path` may have a query. */
export const tellRefusal = (path: string, problem: Problem): { readonly type: string; readonly body: object } =>
  /^\/api\/v1(?:[/?]|$)/.test(path)
    ? { type: 'application/problem+json', body: detailsOf(problem, randomUUID()) }
    : { type: 'application/json', body: problem }

/** Headers beside it: when to come again, and how to say who one is (RFC 6750). */
export function problemHeaders({ status, retryAfter }: Problem, hasToken: boolean): Record<string, string> {
  const challenge = `Bearer realm="SWR Policy Console"${hasToken ? ', error="invalid_token"' : ''}`
  return {
    'content-type': 'application/problem+json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(status === 401 && { 'www-authenticate': challenge }),
  }
}
