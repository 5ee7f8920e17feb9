/** Why something did not work. Every code has a text in both languages (`problem.<code>`), tested. */
export const problemCodes = [
  // the API's own
  'not_in_contract',
  'foreign_host',
  'foreign_origin',
  'not_json',
  'body_too_large',
  'invalid_request',
  'role_too_low',
  'unknown_connection',
  'unexpected',
  'too_many_requests',
  // accounts
  'not_signed_in',
  'wrong_sign_in',
  'account_disabled',
  'too_many_attempts',
  'wrong_password',
  'password_refused',
  'link_expired',
  'email_taken',
  'unknown_account',
  'last_admin',
  'role_missing',
  'sso_failed',
  'password_guessable',
  'sign_in_busy',
  // tokens and the public API
  'token_invalid',
  'token_unknown',
  'token_limit',
  'idempotency_reused',
  'idempotency_running',
  'idempotency_unknown',
  'sync_nothing',
  'job_unknown',
  'cluster_unknown',
  // editing
  'precondition_missing',
  'changed_meanwhile',
  'busy_here',
  // runs of a part
  'policy_disabled',
  'policy_quota_full',
  'scope_empty',
  'scope_outside',
  'scope_impossible',
  'scope_running',
  'scope_interrupted',
  'run_not_reached',
  'scope_person_busy',
  'scope_cancelled',
  'scope_right_lost',
  'pull_unfiltered',
  // retention
  'retention_not_armed',
  'retention_outdated',
  'retention_content_changed',
  'retention_immutable_changed',
  'retention_terms_changed',
  'retention_confirmer_gone',
  'retention_in_use',
  'retention_above_ceiling',
  'retention_same_person',
  'retention_copy_failed',
  'retention_run_open',
  'retention_run_begun',
  'retention_not_waiting',
  'retention_dry_run_open',
  'retention_hanging',
  'retention_cut',
  'retention_out_of_reach',
  'archive_unusable',
  'archive_not_ours',
  'restore_nothing',
  // on the way to SWR
  'connection_busy',
  'swr_unreachable',
  'swr_timeout',
  'swr_broke_off',
  'swr_unreadable',
  // SWR refused our configuration
  'swr_wrong_secret',
  'swr_unknown_key',
  'swr_key_locked',
  'swr_clock',
  'swr_token',
  'swr_unauthorized',
  'swr_forbidden',
  // SWR refused this request
  'swr_invalid',
  'swr_not_found',
  'swr_gone',
  'swr_unknown_path',
  'swr_conflict',
  'swr_too_large',
  'swr_throttled',
  'swr_busy',
  'swr_tags_failed',
  'swr_rule_differs',
  'swr_failed',
  // only in the browser
  'offline',
] as const
export type ProblemCode = (typeof problemCodes)[number]

/** One shape from the API to the screen. SWR's own words are shown as they came, never parsed further. */
export interface Problem {
  /** Status that our API answers; SWR's own is in `swr.status`. 0 when the API could not be reached. */
  readonly status: number
  readonly code: ProblemCode
  /** What SWR said, for showing and copying. Secrets are already removed. */
  readonly swr?: {
    readonly status: number
    readonly code?: string
    readonly message?: string
    /** Only STS can decode it: shown with a copy button (docs/swr-api.md section 6). */
    readonly encodedAuthorization?: string
  }
  readonly requestId?: string
  /** Seconds to wait before asking again. */
  readonly retryAfter?: number
  /** SWR refused the key of this connection: nothing is sent until `retryAfter`, or an admin tries again when it is `stopped`. */
  readonly key?: { readonly connection: string; readonly stopped: boolean; readonly refusals: number }
  /** Request fields that the contract refused: path such as `body.filters.0.value` → message code. */
  readonly fields?: Readonly<Record<string, string>>
  /** With `changed_meanwhile`: the policy as it is now, with its `content_hash`; missing when it is gone. */
  readonly now?: unknown
  /** What no text of a code can say, such as the kind of what was sent instead. For showing as it is. */
  readonly detail?: string
  /** Tags that SWR names as failed in a manual sync. */
  readonly tags?: readonly string[]
  /** Names of retention schedules that were switched off for what then failed: they stay off. */
  readonly switchedOff?: readonly string[]
}

/** Pages and route handlers are bundled apart: each has a class of its own, and errors go from one to the other. */
const brand = Symbol.for('console.problem')

export class ProblemError extends Error {
  readonly [brand] = true

  constructor(readonly problem: Problem) {
    super(`${problem.code} (${problem.status})`)
    this.name = 'ProblemError'
  }
}

const isProblemError = (error: unknown): error is ProblemError =>
  typeof error === 'object' && error !== null && brand in error

/** True for a problem that came as JSON: from the API, or with the page from the server's cache. */
export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  'code' in value &&
  problemCodes.some((code) => code === value.code)

/** The problem behind any thrown value; a bug of ours becomes `unexpected`, without its text. */
export function problemOf(error: unknown): Problem {
  if (isProblemError(error)) return error.problem
  return isProblem(error) ? error : { status: 500, code: 'unexpected' }
}

/** What was read before and is not there any more was deleted; what never was may be a wrong address. */
export function problemOfRead(error: unknown, hadData: boolean): Problem {
  const problem = problemOf(error)
  return hadData && problem.code === 'swr_not_found' ? { ...problem, code: 'swr_gone' } : problem
}

/** They concern every request alike: sending the others would only repeat them, and bad signatures lock the key. */
const forAll: readonly ProblemCode[] = [
  'not_signed_in',
  'role_too_low',
  'unknown_connection',
  'offline',
  'swr_unreachable',
  'swr_wrong_secret',
  'swr_unknown_key',
  'swr_key_locked',
  'swr_clock',
  'swr_token',
  'swr_unauthorized',
  'swr_throttled',
  'too_many_requests',
  'connection_busy',
]
const unclear: readonly ProblemCode[] = ['swr_timeout', 'swr_broke_off', 'swr_unreadable', 'offline', 'unexpected']

/** Turned back for being too much at once, before it was carried out: nothing was wrong with the request. */
export const turnedBack: readonly ProblemCode[] = ['swr_throttled', 'too_many_requests', 'connection_busy']

/** Whether it would meet every other request of an act on many things as well. */
export const concernsAll = ({ code }: Problem) => forAll.includes(code)

/** Whether what was sent may have taken place all the same. */
export const isUnclear = ({ code }: Problem) => unclear.includes(code)
