import 'server-only'
import { getIP } from 'better-auth/api'
import { anonymous, auditAnonymous } from '../audit/anonymous'
import { type AuditEvent, addFinishedEntry } from '../audit/store'
import { auditDenied } from '../audit/with-audit'
import type { Actor } from '../contract/actor'
import { isGuessable, passwordLength } from '../contract/password'
import { ProblemError, problemOf } from '../contract/problem'
import { log } from '../net/log'
import { type Attempt, signInPath, ssoProvider } from './auth'
import { completeBootstrap } from './bootstrap'
import { authProblem, problemFromAuth, problemFromCallback, problemResponse } from './errors'
import type { Identity } from './identity'
import { deviceCookie, knownDevice } from './known-device'
import { withPasswordSlot } from './password-slots'
import { sessionOf, sweepSessions } from './session'
import { countAttempt, forgetAttempts, isFirstTooMany, liftThrottle, type Origin } from './throttle'
import { endSessions, findUser, noteSignIn, showUser } from './users'

export const authRoot = '/api/auth'

export interface AuthRequest {
  readonly known: Identity
  readonly request: Request
}

/** Passes a body of ours on to the library. Throws its refusal as a problem. */
async function ask(
  { known, request }: AuthRequest,
  path: string,
  body: object,
  attempt: Attempt = {},
): Promise<Response> {
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

const done = (response: Response) => problemResponse({}, 200, response.headers)

/**
 * After a session began: the one that the browser came with ends, so that a planted one is worth nothing, and so do those
 * that are over.
 */
async function endFormer({ known, request }: AuthRequest, { session }: Attempt) {
  await sweepSessions(known.db)
  const former = await known.auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } })
  if (!session || !former || former.session.token === session.token) return
  const { internalAdapter } = await known.auth.$context
  await internalAdapter.deleteSession(former.session.token)
}

/** An entry about an account, by whoever claims to be it. */
export const accountEntry = (operation: string, email = '', objectId?: string): AuditEvent => ({
  actor: { ...anonymous, email },
  operation,
  kind: 'account',
  objectId,
  objectName: email || undefined,
})

/** What somebody did to the account that is theirs. */
async function note({ known }: AuthRequest, operation: string, userId: string) {
  const { id, email, role } = await showUser(known.db, userId)
  const entry = { ...accountEntry(operation, email, id), actor: { id, email, role } }
  await addFinishedEntry(known.db, known.redact, { ...entry, outcome: 'done' })
  if (operation === 'signIn') await noteSignIn(known.db, userId)
}

/** A refusal that somebody got who is not known. */
const noteStranger = ({ known, request }: AuthRequest, opening: AuditEvent, error: unknown, always = false) =>
  auditAnonymous(known, request.headers, opening, error, { always })

/** Attempts on an account are limited by its own throttle, so all of them are entered; those on none are a stranger's. */
async function noteAttempt(authRequest: AuthRequest, email: string, error: unknown) {
  const { db } = authRequest.known
  // It was not looked at.
  if (problemOf(error).status === 503) return
  if (problemOf(error).status === 429 && !(await isFirstTooMany(db, email))) return
  const id = await findUser(db, email)
  await noteStranger(authRequest, accountEntry('signIn', email, id), error, id !== undefined)
}

function requireUnguessable(password: string, { email, name }: { email: string; name: string }) {
  // What is too short is told by the library.
  if (password.length >= passwordLength.min && isGuessable(password, [email, name]))
    throw authProblem(422, 'password_guessable')
}

/** Who asks for something about their own account; that nobody did is entered. */
async function actorOf(authRequest: AuthRequest, operation: string): Promise<Actor> {
  try {
    return (await sessionOf(authRequest.known, authRequest.request.headers)).actor
  } catch (error) {
    await noteStranger(authRequest, accountEntry(operation), error)
    throw error
  }
}

const originOf = ({ known, request }: AuthRequest, email: string): Origin => ({
  // Of version 6 the network, which one subscriber has whole.
  address: getIP(request.headers, known.auth.options),
  device: knownDevice(known.settings, request.headers, email),
})

async function attemptSignIn(authRequest: AuthRequest, email: string, password: string, attempt: Attempt) {
  try {
    return await withPasswordSlot(async () => {
      await countAttempt(authRequest.known.db, email, originOf(authRequest, email))
      return await ask(authRequest, '/sign-in/email', { email, password }, attempt)
    })
  } catch (error) {
    // Longer than any password is wrong like any other.
    throw problemOf(error).code === 'password_refused' ? authProblem(401, 'wrong_sign_in') : error
  }
}

export async function signIn(authRequest: AuthRequest, { email, password }: { email: string; password: string }) {
  const attempt: Attempt = {}
  const response = await attemptSignIn(authRequest, email, password, attempt).catch(async (error: unknown) => {
    await noteAttempt(authRequest, email, error)
    throw error
  })
  const { db, settings } = authRequest.known
  await forgetAttempts(db, email, originOf(authRequest, email))
  await endFormer(authRequest, attempt)
  if (attempt.session) await note(authRequest, 'signIn', attempt.session.userId)
  const answer = done(response)
  answer.headers.append('set-cookie', deviceCookie(settings, email))
  return answer
}

/** Answers where to send the browser. */
export async function startSso(authRequest: AuthRequest, { to = '/' }: { to?: string }) {
  const body = { provider: ssoProvider, callbackURL: to, errorCallbackURL: signInPath, disableRedirect: true }
  const response = await ask(authRequest, '/sign-in/social', body)
  const answer: unknown = await response.json()
  if (typeof answer !== 'object' || answer === null || !('url' in answer)) throw authProblem(502, 'sso_failed')
  return problemResponse({ url: answer.url }, 200, response.headers)
}

/** The identity provider sends the browser back here. Wherever it goes then, it is told our word for what went wrong. */
export async function finishSso(authRequest: AuthRequest): Promise<Response> {
  const { known, request } = authRequest
  const attempt: Attempt = {}
  const address = `${known.settings.url}${authRoot}/callback/${ssoProvider}${new URL(request.url).search}`
  const inner = new Request(address, { headers: request.headers })
  const response = await known.attempts.run(attempt, () => known.auth.handler(inner))
  if (response.status === 429) throw new ProblemError(await problemFromAuth(response))
  const target = new URL(response.headers.get('location') ?? signInPath, known.settings.url)
  if (attempt.session) {
    await endFormer(authRequest, attempt)
    await note(authRequest, 'signIn', attempt.session.userId)
    if (attempt.keepsAdmin) await noteKeptAdmin(authRequest, attempt)
  } else {
    const code = problemFromCallback(target.searchParams.get('error') ?? '')
    if (attempt.email) await noteStranger(authRequest, accountEntry('signIn', attempt.email), authProblem(403, code))
    target.href = `${known.settings.url}${signInPath}?problem=${code}`
  }
  const headers = new Headers({ location: target.href, 'cache-control': 'no-store' })
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return new Response(null, { status: 302, headers })
}

/** The claim of the last admin gives another role: somebody has to mend the groups, so it is said where it is looked for. */
async function noteKeptAdmin({ known }: AuthRequest, { session, role }: Attempt) {
  const { id, email, role: kept } = await showUser(known.db, session?.userId ?? '')
  log.warn({ actor: id, role }, 'single sign-on would demote the last admin; the role stays')
  const entry = { ...accountEntry('userUpdate', email, id), actor: { id, email, role: kept } }
  const refusal = { outcome: 'denied', status: 409, code: 'last_admin' } as const
  await addFinishedEntry(known.db, known.redact, { ...entry, ...refusal, before: { role: kept }, after: { role } })
}

export const signOut = async (authRequest: AuthRequest) => done(await ask(authRequest, '/sign-out', {}))

export async function signOutEverywhere(authRequest: AuthRequest) {
  const { id } = await actorOf(authRequest, 'signOutEverywhere')
  await endSessions(authRequest.known, id)
  await note(authRequest, 'signOutEverywhere', id)
  return await signOut(authRequest)
}

/** Other sessions of the account end, and this one gets another cookie. */
export async function changePassword(authRequest: AuthRequest, body: { currentPassword: string; newPassword: string }) {
  const { known } = authRequest
  const actor = await actorOf(authRequest, 'changePassword')
  // Only who is signed in gets here: what strangers try counts elsewhere.
  const origin = { address: null, device: `session\0${actor.id}` }
  try {
    requireUnguessable(body.newPassword, actor)
    const response = await withPasswordSlot(async () => {
      await countAttempt(known.db, actor.email, origin)
      return await ask(authRequest, '/change-password', { ...body, revokeOtherSessions: true })
    })
    await forgetAttempts(known.db, actor.email, origin)
    await note(authRequest, 'changePassword', actor.id)
    return done(response)
  } catch (error) {
    const isNews = problemOf(error).status !== 429 || (await isFirstTooMany(known.db, actor.email))
    if (isNews) await auditDenied(known, { ...accountEntry('changePassword', actor.email, actor.id), actor }, error)
    throw error
  }
}

/** The other end of an invitation or of a link to set a new password. */
export async function resetPassword(authRequest: AuthRequest, body: { token: string; newPassword: string }) {
  const { internalAdapter } = await authRequest.known.auth.$context
  const link = await internalAdapter.findVerificationValue(`reset-password:${body.token}`)
  const { known } = authRequest
  const owner = link && (await showUser(known.db, link.value))
  const set = async () => {
    if (owner) requireUnguessable(body.newPassword, owner)
    return await withPasswordSlot(() => ask(authRequest, '/reset-password', body))
  }
  const response = await set().catch(async (error: unknown) => {
    await noteStranger(authRequest, accountEntry('setPassword', '', link?.value), error)
    throw error
  })
  if (owner) {
    await liftThrottle(known.db, owner.email)
    await note(authRequest, 'setPassword', owner.id)
  }
  return done(response)
}

export async function setUp(
  authRequest: AuthRequest,
  body: { token: string; email: string; name: string; password: string },
) {
  const id = await withPasswordSlot(() => completeBootstrap(authRequest.known, body)).catch(async (error: unknown) => {
    await noteStranger(authRequest, accountEntry('setUp', body.email), error)
    throw error
  })
  await note(authRequest, 'setUp', id)
  return problemResponse({}, 200)
}
