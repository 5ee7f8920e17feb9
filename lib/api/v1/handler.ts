import 'server-only'
import { randomUUID } from 'node:crypto'
import { anonymous, auditAnonymous } from '../../audit/anonymous'
import { auditDenied } from '../../audit/with-audit'
import { callerFrom } from '../../auth/caller'
import { type Identity, identity } from '../../auth/identity'
import { type Actor, mayUse } from '../../contract/actor'
import { type OperationInput, type ParsedInput, parseInput } from '../../contract/parse-input'
import { type Match, matcher } from '../../contract/path'
import { type Problem, ProblemError, problemOf } from '../../contract/problem'
import { allows } from '../../contract/roles'
import { type PublicOperation, type PublicRoute, publicRoutes } from '../../contract/v1/operations'
import { publicSchemas } from '../../contract/v1/schemas'
import { log } from '../../net/log'
import { Aborted, bodyOf, queryOf, textBodyOf, withinMemory } from '../request-body'
import { textStream } from '../text-stream'
import { deniedEvents, publicHandlers } from './handlers'
import { type Answer, keyOf, onlyOnce, requestHash } from './idempotency'
import { detailsOf, problemHeaders } from './problem-details'
import { type PublicRequest, publicRoot } from './request'
import { StreamedJson } from './streamed-json'

const matchPublic = matcher(publicRoutes)

const refuse = (status: number, code: Problem['code']) => new ProblemError({ status, code })

/** The operation that an address means; its root has no slash at the end. */
function found(method: string, pathname: string): Match<PublicOperation> | null {
  const path =
    pathname === publicRoot ? '/' : pathname.startsWith(`${publicRoot}/`) ? pathname.slice(publicRoot.length) : ''
  return matchPublic(method === 'HEAD' ? 'GET' : method, path)
}

/** One request, and what is known of it so far: for the log. */
interface Asked {
  readonly id: string
  readonly request: Request
  readonly known: Identity
  readonly operation: Match<PublicOperation> | null
  actor?: Actor
}

/** Who asks. A write that is refused here already is entered. */
async function authenticate(asked: Asked): Promise<Actor> {
  const { request, known, operation } = asked
  try {
    const actor = await callerFrom(known, request.headers)
    asked.actor = actor
    return actor
  } catch (error) {
    const event = operation && deniedEvents[operation.name]?.(anonymous, operation.params)
    if (event) await auditAnonymous(known, request.headers, event, error)
    throw error
  }
}

/** What was sent, and what stands for it where two requests are compared. */
async function sentBody(request: Request, { method, text: types, maxBodyBytes: maxBytes }: PublicRoute) {
  if (method === 'GET') return { body: undefined, same: undefined }
  if (types) {
    const { text, hash } = await textBodyOf(request, { types, maxBytes })
    return { body: { text }, same: hash }
  }
  const body = await bodyOf(request, { mayLack: true, maxBytes })
  return { body, same: body }
}

/** Whether the caller may, and what exactly is asked. */
async function admit(actor: Actor, request: Request, { name, params }: Match<PublicOperation>) {
  const route: PublicRoute = publicRoutes[name]
  // As if there were none: a token says nothing of what it is not for.
  const { connection } = params
  if (connection !== undefined && !mayUse(actor, connection)) throw refuse(404, 'unknown_connection')
  if (!allows(actor.role, route)) throw refuse(403, 'role_too_low')
  const { search, searchParams } = new URL(request.url)
  const hasBody = 'body' in publicSchemas[name]
  const { body: sent, same } = await sentBody(request, route)
  // Where a body may say something it has to be there: one that was lost on the way must not mean everything.
  const isEmpty = typeof sent === 'object' && sent !== null && Object.keys(sent).length === 0
  const body = !hasBody && isEmpty ? undefined : sent
  const rawInput: OperationInput = { params, query: queryOf(searchParams), body }
  const key = route.risk === 'read' ? undefined : keyOf(request.headers)
  return {
    key,
    search,
    same: body === undefined ? undefined : same,
    input: parseInput(route.path, publicSchemas[name], rawInput),
  }
}

async function carryOut<Name extends PublicOperation>(
  name: Name,
  given: Pick<PublicRequest<Name>, 'actor' | 'known' | 'signal' | 'headersOnly'> & ParsedInput,
): Promise<Answer> {
  // Parsed by the schemas that the type is made of.
  const answer = await publicHandlers[name](given as PublicRequest<Name>)
  const body = answer instanceof StreamedJson ? answer : publicSchemas[name].response.parse(answer)
  return { status: publicRoutes[name].success, body }
}

type Repeatable = Answer & { readonly isRepeated?: boolean }

/** Carries out what is asked, at most once where the caller has a key for it. */
async function answerTo(
  { request, known, id }: Asked,
  actor: Actor,
  operation: Match<PublicOperation>,
): Promise<Repeatable> {
  const { name } = operation
  const { key, search, same, input } = await admit(actor, request, operation).catch(async (error: unknown) => {
    const event = deniedEvents[name]?.(actor, operation.params)
    if (event) await auditDenied(known, event, error)
    throw error
  })
  const given = { actor, known, ...input, signal: request.signal, headersOnly: request.method === 'HEAD' }
  const work = () => carryOut(name, given)
  if (key === undefined) return await work()
  const hash = requestHash(request.method, new URL(request.url).pathname + search, same)
  return await onlyOnce(known.db, { actor: actor.id, key, request: hash }, work, (error) => {
    const problem = problemOf(error)
    return { status: problem.status, body: detailsOf(problem, id) }
  })
}

async function answer(asked: Asked): Promise<Repeatable> {
  const { operation } = asked
  const actor = await authenticate(asked)
  if (!operation) throw refuse(404, 'not_in_contract')
  const { maxBodyBytes }: PublicRoute = publicRoutes[operation.name]
  return await withinMemory(maxBodyBytes, () => answerTo(asked, actor, operation))
}

/** What of an answer to a write says where to follow it. */
function locationOf(body: unknown): Record<string, string> {
  const url = typeof body === 'object' && body !== null && 'url' in body ? body.url : undefined
  return typeof url === 'string' ? { location: url } : {}
}

function tellFailed({ id, known, operation, actor }: Asked, error: unknown) {
  const { status, code } = problemOf(error)
  const isBug = code === 'unexpected' && error instanceof Error && !(error instanceof ProblemError)
  const bug = isBug ? known.redact(error.stack ?? '') : undefined
  const level = isBug ? 'error' : error instanceof Aborted ? 'debug' : 'info'
  const about = { requestId: id, operation: operation?.name, actor: actor?.id }
  log[level]({ ...about, status, code, bug }, 'request of the public API failed')
}

/** Everything below `/api/v1`: by a token, never by a cookie, so that no other site can use a person's session. */
export async function publicApiHandler(request: Request): Promise<Response> {
  const id = randomUUID()
  const headers = { 'cache-control': 'no-store', 'x-request-id': id }
  const known = await identity()
  const operation = found(request.method, new URL(request.url).pathname)
  const asked: Asked = { id, request, known, operation }
  try {
    const { status, body, isRepeated = false } = await answer(asked)
    const isProblem = status >= 400
    return new Response(body instanceof StreamedJson ? textStream(body.pieces) : JSON.stringify(body), {
      status,
      headers: {
        ...headers,
        'content-type': isProblem ? 'application/problem+json' : 'application/json',
        ...(isRepeated && { 'idempotency-replayed': 'true' }),
        ...(isProblem ? {} : locationOf(body)),
      },
    })
  } catch (error) {
    tellFailed(asked, error)
    const problem = problemOf(error)
    const hasToken = request.headers.has('authorization')
    return new Response(JSON.stringify(detailsOf(problem, id)), {
      status: problem.status,
      headers: { ...headers, ...problemHeaders(problem, hasToken) },
    })
  }
}
