import 'server-only'
import { z } from 'zod'
import { log } from '../gateway/log'
import { problemOf } from '../problem'
import { answerWith, refuse } from './answers'
import { ssoProvider } from './auth'
import { type Identity, identity } from './identity'
import { requireHost, requireOrigin } from './origin'
import {
  type Asked,
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

const largestBody = 16 * 1024

async function bodyOf(request: Request): Promise<unknown> {
  // Forms can be sent across origins without asking; JSON cannot.
  if (!/^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')) throw refuse(415, 'not_json')
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > largestBody) throw refuse(413, 'body_too_large')
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw refuse(400, 'not_json')
  }
}

const post =
  <Schema extends z.ZodType>(schema: Schema, handle: (asked: Asked, body: z.output<Schema>) => Promise<Response>) =>
  async (asked: Asked): Promise<Response> => {
    const parsed = schema.safeParse(await bodyOf(asked.request))
    if (!parsed.success) throw refuse(422, 'invalid_request')
    return await handle(asked, parsed.data)
  }

const text = z.string().max(1024)
const email = z.email().max(254)
const nothing = z.strictObject({})
/** Only within the console: `//host` and `/\host` would leave it. */
const way = z.string().regex(/^\/(?![/\\])[\x21-\x7e]*$/)

const handlers: Readonly<Record<string, (asked: Asked) => Promise<Response>>> = {
  '/sign-in/email': post(z.strictObject({ email, password: text }), signIn),
  '/sign-in/sso': post(z.strictObject({ to: way.optional() }), startSso),
  '/sign-out': post(nothing, signOut),
  '/sign-out-everywhere': post(nothing, signOutEverywhere),
  '/change-password': post(z.strictObject({ currentPassword: text, newPassword: text }), changePassword),
  '/reset-password': post(z.strictObject({ token: text, newPassword: text }), resetPassword),
  '/set-up': post(z.strictObject({ token: text, email, name: text.trim().min(1), password: text }), setUp),
}

/** Everything about signing in and out. What is not listed here does not exist, whatever the library offers. */
export async function answerAuth(known: Identity, request: Request): Promise<Response> {
  try {
    requireHost(known.settings, request.headers)
    const path = new URL(request.url).pathname.slice(authRoot.length)
    if (request.method === 'GET' && path === `/callback/${ssoProvider}` && known.settings.sso)
      return await finishSso({ known, request })
    const handle = Object.hasOwn(handlers, path) ? handlers[path] : undefined
    if (request.method !== 'POST' || !handle) throw refuse(404, 'not_in_contract')
    requireOrigin(known.settings, request.headers)
    return await handle({ known, request })
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code === 'unexpected' && error instanceof Error)
      log.error({ bug: known.redact(error.stack ?? '') }, 'signing in or out failed')
    return answerWith(problem, problem.status)
  }
}

export const authDoor = async (request: Request): Promise<Response> => answerAuth(await identity(), request)
