import 'server-only'
import { noteEntry } from '../db/audit'
import { type Problem, ProblemError, problemOf } from '../problem'
import { answerWith, problemFromAuth, problemFromCallback, refuse } from './answers'
import { type Attempt, signInPath, ssoProvider } from './auth'
import type { Identity } from './identity'
import { sessionOf, sweepSessions } from './session'
import { completeSetUp } from './set-up'
import { countAttempt, forgetAttempts } from './throttle'
import { endSessions, showUser } from './users'

export const authRoot = '/api/auth'

export interface Asked {
  readonly known: Identity
  readonly request: Request
}

/** Passes a body of ours on to the library. Throws its refusal as a problem. */
async function ask({ known, request }: Asked, path: string, body: object, attempt: Attempt = {}): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.delete('content-length')
  headers.set('content-type', 'application/json')
  const inner = new Request(known.settings.url + authRoot + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  const response = await known.attempts.run(attempt, () => known.auth.handler(inner))
  if (!response.ok) throw new ProblemError(await problemFromAuth(response))
  return response
}

const done = (response: Response) => answerWith({}, 200, response.headers)

/**
 * After a session began: the one that the browser came with ends, so that a planted one is worth nothing, and so do those
 * that are over.
 */
async function endFormer({ known, request }: Asked, { session }: Attempt) {
  await sweepSessions(known.db)
  const former = await known.auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } })
  if (!session || !former || former.session.token === session.token) return
  const { internalAdapter } = await known.auth.$context
  await internalAdapter.deleteSession(former.session.token)
}

/** Whoever is signed in, or tried to be. */
async function note({ known }: Asked, operation: string, email: string, userId?: string, problem?: Problem) {
  const user = userId === undefined ? undefined : await showUser(known.db, userId)
  await noteEntry(known.db, known.redact, {
    actor: { id: user?.id ?? null, email: user?.email ?? email, role: user?.role ?? null },
    operation,
    kind: 'account',
    objectId: user?.id,
    objectName: user?.email ?? email,
    outcome: problem ? 'denied' : 'done',
    status: problem?.status,
    code: problem?.code,
  })
}

export async function signIn(asked: Asked, { email, password }: { email: string; password: string }) {
  const { db } = asked.known
  const attempt: Attempt = {}
  await countAttempt(db, email)
  const response = await ask(asked, '/sign-in/email', { email, password }, attempt).catch(async (error) => {
    // Longer than any password is wrong like any other.
    const known = problemOf(error).code === 'password_refused' ? refuse(401, 'wrong_sign_in') : error
    const problem = problemOf(known)
    // A refusal for the number of requests is no attempt: entries would only fill the log.
    if (problem.status !== 429) await note(asked, 'signIn', email, undefined, problem)
    throw known
  })
  await forgetAttempts(db, email)
  await endFormer(asked, attempt)
  await note(asked, 'signIn', email, attempt.session?.userId)
  return done(response)
}

/** Answers where to send the browser. */
export async function startSso(asked: Asked, { to = '/' }: { to?: string }) {
  const body = { provider: ssoProvider, callbackURL: to, errorCallbackURL: signInPath, disableRedirect: true }
  const response = await ask(asked, '/sign-in/social', body)
  const answer: unknown = await response.json()
  if (typeof answer !== 'object' || answer === null || !('url' in answer)) throw refuse(502, 'sso_failed')
  return answerWith({ url: answer.url }, 200, response.headers)
}

/** The identity provider sends the browser back here. Wherever it goes then, it is told our word for what went wrong. */
export async function finishSso(asked: Asked): Promise<Response> {
  const { known, request } = asked
  const attempt: Attempt = {}
  const address = `${known.settings.url}${authRoot}/callback/${ssoProvider}${new URL(request.url).search}`
  const inner = new Request(address, { headers: request.headers })
  const response = await known.attempts.run(attempt, () => known.auth.handler(inner))
  if (response.status === 429) throw new ProblemError(await problemFromAuth(response))
  const target = new URL(response.headers.get('location') ?? signInPath, known.settings.url)
  if (attempt.session) {
    await endFormer(asked, attempt)
    await note(asked, 'signIn', attempt.email ?? '', attempt.session.userId)
  } else {
    const code = problemFromCallback(target.searchParams.get('error') ?? '')
    if (attempt.email) await note(asked, 'signIn', attempt.email, undefined, { status: 403, code })
    target.href = `${known.settings.url}${signInPath}?problem=${code}`
  }
  const headers = new Headers({ location: target.href, 'cache-control': 'no-store' })
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return new Response(null, { status: 302, headers })
}

export const signOut = async (asked: Asked) => done(await ask(asked, '/sign-out', {}))

export async function signOutEverywhere(asked: Asked) {
  const { actor } = await sessionOf(asked.known, asked.request.headers)
  await endSessions(asked.known, actor.id)
  await note(asked, 'signOutEverywhere', actor.email, actor.id)
  return await signOut(asked)
}

/** Other sessions of the account end, and this one gets another cookie. */
export async function changePassword(asked: Asked, body: { currentPassword: string; newPassword: string }) {
  const { actor } = await sessionOf(asked.known, asked.request.headers)
  await countAttempt(asked.known.db, actor.email)
  const response = await ask(asked, '/change-password', { ...body, revokeOtherSessions: true })
  await forgetAttempts(asked.known.db, actor.email)
  await note(asked, 'changePassword', actor.email, actor.id)
  return done(response)
}

/** The other end of an invitation or of a link to set a new password. */
export async function resetPassword(asked: Asked, body: { token: string; newPassword: string }) {
  const { internalAdapter } = await asked.known.auth.$context
  const link = await internalAdapter.findVerificationValue(`reset-password:${body.token}`)
  const response = await ask(asked, '/reset-password', body)
  if (link) await note(asked, 'setPassword', '', link.value)
  return done(response)
}

export async function setUp(asked: Asked, body: { token: string; email: string; name: string; password: string }) {
  await note(asked, 'setUp', body.email, await completeSetUp(asked.known, body))
  return answerWith({}, 200)
}
