import 'server-only'
import { type Problem, type ProblemCode, ProblemError } from '../contract/problem'

const meanings: Record<string, readonly [number, ProblemCode]> = {
  INVALID_EMAIL_OR_PASSWORD: [401, 'wrong_sign_in'],
  INVALID_EMAIL: [401, 'wrong_sign_in'],
  EMAIL_PASSWORD_DISABLED: [404, 'not_in_contract'],
  BANNED_USER: [403, 'account_disabled'],
  INVALID_TOKEN: [422, 'link_expired'],
  USER_NOT_FOUND: [422, 'link_expired'],
  PASSWORD_TOO_SHORT: [422, 'password_refused'],
  PASSWORD_TOO_LONG: [422, 'password_refused'],
  INVALID_PASSWORD: [422, 'wrong_password'],
  CREDENTIAL_ACCOUNT_NOT_FOUND: [422, 'wrong_password'],
  UNAUTHORIZED: [401, 'not_signed_in'],
  PROVIDER_NOT_FOUND: [502, 'sso_failed'],
  INVALID_ORIGIN: [403, 'foreign_origin'],
  MISSING_OR_NULL_ORIGIN: [403, 'foreign_origin'],
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: [403, 'foreign_origin'],
  INVALID_CALLBACK_URL: [403, 'foreign_origin'],
  role_missing: [403, 'role_missing'],
  subject_changed: [403, 'sso_failed'],
}

function codeOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('code' in body)) return ''
  return typeof body.code === 'string' ? body.code : ''
}

/** The library's refusal in our words. */
export async function problemFromAuth(response: Response): Promise<Problem> {
  if (response.status === 429) {
    const retryAfter = Number(response.headers.get('x-retry-after')) || 10
    return { status: 429, code: 'too_many_attempts', retryAfter }
  }
  const [status, code] = meanings[codeOf(await response.json().catch(() => null))] ?? [500, 'unexpected']
  return { status, code }
}

/** Why single sign-on came back without a session: shown on the sign-in page. */
export function problemFromCallback(error: string): ProblemCode {
  return meanings[error]?.[1] ?? 'sso_failed'
}

/** The header beside a problem that says when to come back. */
export const retryHeader = ({ retryAfter }: Pick<Problem, 'retryAfter'>): Record<string, string> =>
  retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }

/** JSON of ours with the library's cookies; nothing else of its answer, which repeats the session's token. */
export function problemResponse(body: unknown, status: number, cookies?: Headers): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  for (const cookie of cookies?.getSetCookie() ?? []) headers.append('set-cookie', cookie)
  return Response.json(body, { status, headers })
}

export const authProblem = (status: number, code: ProblemCode) => new ProblemError({ status, code })
