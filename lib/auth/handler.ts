import 'server-only'
import { z } from 'zod'
import { auditAnonymous } from '../audit/anonymous'
import { ProblemError, problemOf } from '../contract/problem'
import { log } from '../net/log'
import { ssoProvider } from './auth'
import { authProblem, problemResponse, retryHeader } from './errors'
import { type Identity, identity } from './identity'
import { requireHost, requireOrigin } from './origin'
import {
  type AuthRequest,
  accountEntry,
  authRoot,
  changePassword,
  finishSso,
  resetPassword,
  setUp,
  signIn,
  signOut,
  signOutEverywhere,
  startSso,
} from './sign-in'

const maxBodyBytes = 16 * 1024

async function bodyOf(request: Request): Promise<unknown> {
  // Forms can be sent across origins without asking; JSON cannot.
  if (!/^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')) throw authProblem(415, 'not_json')
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of request.body ?? []) {
      size += part.byteLength
      if (size > maxBodyBytes) throw authProblem(413, 'body_too_large')
      parts.push(part)
    }
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch (error) {
    // No JSON, or the client went away while it was sending.
    throw error instanceof ProblemError ? error : authProblem(400, 'not_json')
  }
}

interface Handler {
  /** As the audit log calls it; null for what it does not enter. */
  readonly operation: string | null
  /** Reads the request; what comes back does it. */
  readonly read: (authRequest: AuthRequest) => Promise<() => Promise<Response>>
}

const post = <Schema extends z.ZodType>(
  operation: string | null,
  schema: Schema,
  handle: (authRequest: AuthRequest, body: z.output<Schema>) => Promise<Response>,
): Handler => ({
  operation,
  async read(authRequest) {
    const parsed = schema.safeParse(await bodyOf(authRequest.request))
    if (!parsed.success) throw authProblem(422, 'invalid_request')
    return () => handle(authRequest, parsed.data)
  },
})

const text = z.string().max(1024)
const email = z.email().max(254)
const nothing = z.strictObject({})
/** Only within the console: `//host` and `/\host` would leave it. */
const way = z.string().regex(/^\/(?![/\\])[\x21-\x7e]*$/)

const handlers: Readonly<Record<string, Handler>> = {
  '/sign-in/email': post('signIn', z.strictObject({ email, password: text }), signIn),
  '/sign-in/sso': post(null, z.strictObject({ to: way.optional() }), startSso),
  '/sign-out': post(null, nothing, signOut),
  '/sign-out-everywhere': post('signOutEverywhere', nothing, signOutEverywhere),
  '/change-password': post(
    'changePassword',
    z.strictObject({ currentPassword: text, newPassword: text }),
    changePassword,
  ),
  '/reset-password': post('setPassword', z.strictObject({ token: text, newPassword: text }), resetPassword),
  '/set-up': post('setUp', z.strictObject({ token: text, email, name: text.trim().min(1), password: text }), setUp),
}

/** What is no request of a page of ours is entered, like a refused write. */
async function admit(known: Identity, request: Request, { operation, read }: Handler) {
  try {
    requireOrigin(known.settings, request.headers)
    return await read({ known, request })
  } catch (error) {
    if (operation) await auditAnonymous(known, request.headers, accountEntry(operation), error)
    throw error
  }
}

/** Everything about signing in and out. What is not listed here does not exist, whatever the library offers. */
export async function handleAuth(known: Identity, request: Request): Promise<Response> {
  try {
    requireHost(known.settings, request.headers)
    const path = new URL(request.url).pathname.slice(authRoot.length)
    if (request.method === 'GET' && path === `/callback/${ssoProvider}` && known.settings.sso)
      return await finishSso({ known, request })
    const handle = Object.hasOwn(handlers, path) ? handlers[path] : undefined
    if (request.method !== 'POST' || !handle) throw authProblem(404, 'not_in_contract')
    const act = await admit(known, request, handle)
    return await act()
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code === 'unexpected' && error instanceof Error)
      log.error({ bug: known.redact(error.stack ?? '') }, 'signing in or out failed')
    const answer = problemResponse(problem, problem.status)
    for (const [name, value] of Object.entries(retryHeader(problem))) answer.headers.set(name, value)
    return answer
  }
}

export const authHandler = async (request: Request): Promise<Response> => handleAuth(await identity(), request)
