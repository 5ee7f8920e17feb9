import 'server-only'
import { z } from 'zod'
import type { Problem, ProblemCode } from '../contract/problem'
import type { SwrOperation } from '../contract/swr/operations'

export interface Refusal {
  readonly operation: SwrOperation
  readonly status: number
  readonly header: (name: string) => string | undefined
  /** Parsed and redacted; undefined when the body was empty or no JSON (a gateway's HTML, for one). */
  readonly json: unknown
}

const word = z
  .union([z.string(), z.number().transform(String)])
  .transform((text) => text.trim().slice(0, 2000) || undefined)
  // A page of a proxy inside a JSON text is no message for people.
  .transform((text) =>
    text && /<\/?(?:!doctype|html|head|title|body|center|h\d|p|div|br|hr|script|style)\b[^>]*>/i.test(text)
      ? undefined
      : text,
  )
  .optional()
  .catch(undefined)

interface Said {
  code?: string | undefined
  message?: string | undefined
  requestId?: string | undefined
  encodedAuthorization?: string | undefined
}

const fields = z
  .object({
    error_code: word,
    errorCode: word,
    code: word,
    error_msg: word,
    errorMessage: word,
    message: word,
    detail: word,
    title: word,
    request_id: word,
    encoded_authorization_message: word,
  })
  .transform(
    (all): Said => ({
      code: all.error_code ?? all.errorCode ?? all.code,
      message:
        [all.error_msg ?? all.errorMessage ?? all.message ?? all.title, all.detail].filter(Boolean).join(': ') ||
        undefined,
      requestId: all.request_id,
      encodedAuthorization: all.encoded_authorization_message,
    }),
  )
  .catch({})

/**
 * Both editions, gateway and IAM each have their shape (docs/swr-api.md section 6), and some bodies are in several at once: all are
 * read and put together. The object itself speaks first, then what is in its `errors` or `error`, in their order.
 */
function read(json: unknown): Said {
  const said = spoken(json).map((each) => fields.parse(each))
  const first = (name: keyof Said) => said.find((each) => each[name] !== undefined)?.[name]
  return {
    code: first('code'),
    message: first('message'),
    requestId: first('requestId'),
    encodedAuthorization: first('encodedAuthorization'),
  }
}

function spoken(json: unknown): unknown[] {
  if (Array.isArray(json)) return json
  if (typeof json !== 'object' || json === null) return []
  const lists = ['errors' in json ? json.errors : [], 'error' in json ? json.error : []]
  return [json, ...lists.flat()]
}

/** Codes for "it is not there" that come as 400 (docs/swr-api.md section 1, rule 11). */
const missing = ['SWR.400003', 'SVCSTG.SWR.4001158', 'SVCSTG.SWR.4000306']

/** Ends of the gateway's message for a refused signature or token. */
const unauthorized: readonly (readonly [RegExp, ProblemCode])[] = [
  [/verify aksk signature fail/i, 'swr_wrong_secret'],
  [/ak not exist/i, 'swr_unknown_key'],
  [/reach the limit/i, 'swr_key_locked'],
  [/decrypt token fail/i, 'swr_token'],
  [/\btime\b|expired|x-sdk-date/i, 'swr_clock'],
]

function classify(status: number, code = '', message = ''): { status: number; code: ProblemCode } {
  // The gateway's older spelling has no W.
  const gateway = code.replace(/^APIG\./, 'APIGW.')
  if (status === 429 || gateway === 'APIGW.0308' || code === 'TOO_MANY_REQUEST')
    return { status: 429, code: 'swr_throttled' }
  if (code === 'SVCSTG.SWR.4090023') return { status: 503, code: 'swr_busy' }
  // Ours are signed in still, so these are answered as a fault behind us.
  if (gateway === 'APIGW.0301') {
    return { status: 502, code: unauthorized.find(([end]) => end.test(message))?.[1] ?? 'swr_unauthorized' }
  }
  if (code === 'SVCSTG.SWR.4010000') return { status: 502, code: 'swr_token' }
  if (status === 401) return { status: 502, code: 'swr_unauthorized' }
  if (status === 403) return { status: 502, code: 'swr_forbidden' }
  if (gateway === 'APIGW.0101') return { status: 502, code: 'swr_unknown_path' }
  if (status === 404 || missing.includes(code)) return { status: 404, code: 'swr_not_found' }
  if (status === 409) return { status: 409, code: 'swr_conflict' }
  if (status === 413) return { status: 413, code: 'swr_too_large' }
  // What was asked for may still happen: not the same advice as for a failure.
  if (status === 504) return { status: 504, code: 'swr_timeout' }
  return status >= 400 && status < 500 ? { status: 400, code: 'swr_invalid' } : { status: 502, code: 'swr_failed' }
}

/** Whole seconds, at most an hour; the header is a number of seconds or a date. */
function seconds(retryAfter: string | undefined, now: Date): number | undefined {
  if (retryAfter === undefined) return undefined
  // `Date.parse` alone would find a date in almost anything.
  const until = retryAfter.endsWith('GMT') ? Date.parse(retryAfter) : Number.NaN
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (until - now.getTime()) / 1000
  return Number.isFinite(wait) ? Math.min(3600, Math.max(0, Math.ceil(wait))) : undefined
}

const tagsSchema = z.array(z.string()).min(1)

/** What went wrong, from an answer that is no success. */
export function problemFromSwr({ operation, status, header, json }: Refusal, now: Date): Problem {
  const tags = operation === 'manualSync' ? tagsSchema.safeParse(json).data : undefined
  const { code, message, requestId, encodedAuthorization } = read(json)
  return {
    ...(tags ? { status: 502, code: 'swr_tags_failed', tags } : classify(status, code, message)),
    swr: { status, code, message, encodedAuthorization },
    requestId: header('x-request-id') ?? requestId,
    retryAfter: seconds(header('retry-after'), now),
  }
}
