import 'server-only'
import type { Actor } from '../auth/actor'
import { allows } from '../auth/roles'
import { fill } from '../contract/path'
import { type Out, swr } from '../contract/swr'
import { type OperationName, type Wire, wire } from '../contract/wire'
import type { Connection } from '../env'
import { ProblemError, problemOf } from '../problem'
import { allSecrets, connection } from './connection'
import { guarded } from './credential-guard'
import { log } from './log'
import { merge } from './merge'
import { type Asked, type Parsed, parseInput } from './parse-input'
import { problemFromSwr } from './problem-from-swr'
import { redactor } from './redact'
import { authorization, canonicalQuery, sdkDate, signatureIn } from './sign'
import { type Answer, send } from './transport'

const unreadable = ({ header }: Answer) =>
  new ProblemError({ status: 502, code: 'swr_unreadable', requestId: header('x-request-id') })

/** Updates replace the whole object, so each is preceded by reading it: what the console does not know must survive. */
const readBefore: Partial<Record<OperationName, OperationName>> = {
  replicationUpdate: 'replicationShow',
  retentionUpdate: 'retentionShow',
}

/** The one way to SWR, for the door and for pages alike. Throws a ProblemError for whatever goes wrong. */
export async function call<Name extends OperationName>(
  actor: Actor,
  connectionId: string,
  name: Name,
  asked: Asked,
): Promise<Out<Name>> {
  const started = performance.now()
  try {
    const operation: Wire = wire[name]
    if (!allows(actor.role, operation)) throw new ProblemError({ status: 403, code: 'role_too_low' })
    const target = connection(connectionId)
    const input = parseInput(operation.path, swr[name], asked)
    const body = await withUnknown(target, name, input)
    const answer = await ask(target, name, { ...input, body })
    return read(name, answer, input)
  } catch (error) {
    const { status, code, swr: said, requestId } = problemOf(error)
    const bug = code === 'unexpected' && error instanceof Error ? redactor(allSecrets())(error.stack ?? '') : undefined
    const ms = Math.round(performance.now() - started)
    log[bug === undefined ? 'warn' : 'error'](
      {
        actor: actor.id,
        connection: connectionId,
        operation: name,
        status,
        code,
        swr: said?.status,
        swrCode: said?.code,
        requestId,
        ms,
        bug,
      },
      'call failed',
    )
    throw error
  }
}

/** The body as it will be sent. Not redacted: it goes back to where it came from. */
async function withUnknown(target: Connection, name: OperationName, { params, body }: Parsed): Promise<Parsed['body']> {
  const show = readBefore[name]
  const schemas = swr[name]
  if (!show || !body || !('body' in schemas)) return body
  const answer = await ask(target, show, { params, query: {}, body: undefined })
  const was = jsonOf(answer)
  if (typeof was !== 'object' || was === null || Array.isArray(was)) throw unreadable(answer)
  return merge(schemas.body, body, { ...was })
}

interface Success extends Answer {
  /** Also knows the signature that was sent. */
  readonly redact: ReturnType<typeof redactor>
}

const ask = (target: Connection, name: OperationName, input: Parsed) =>
  guarded(target.id, () => exchange(target, name, input))

/** Builds the request from parsed values only, signs its bytes, sends it once; anything but a success is thrown. */
async function exchange(target: Connection, name: OperationName, { params, query, body }: Parsed): Promise<Success> {
  const operation: Wire = wire[name]
  const pairs = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  )
  const pathname = fill(operation.path, params, target.project)
  const search = pairs.length > 0 ? `?${canonicalQuery(pairs)}` : ''
  const { securityToken } = target.credential
  const request = {
    method: operation.method,
    url: { host: new URL(target.endpoint).host, pathname, search },
    headers: {
      'content-type': 'application/json',
      'x-project-id': target.project,
      'x-sdk-date': sdkDate(new Date()),
      ...(securityToken && { 'x-security-token': securityToken }),
    },
    body: body && JSON.stringify(body),
  }
  const { method, headers } = request
  const signed = { ...headers, authorization: authorization(request, target.credential) }
  const bytes = { origin: target.endpoint, path: pathname + search, method, headers: signed, body: request.body }
  const answer = await send(bytes, operation.timeout ?? 30)
  // Gateways like to repeat what they could not accept.
  const redact = redactor([...allSecrets(), signatureIn(signed.authorization)])
  if (answer.status >= 200 && answer.status < 300) return { ...answer, redact }
  const problem = problemFromSwr({ ...answer, operation: name, json: redact(jsonOf(answer)) }, new Date())
  throw new ProblemError(redact(problem))
}

/** Undefined when it is none. */
function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the caller gets of a success: redacted, then only what the contract can read. */
function read<Name extends OperationName>(name: Name, answer: Success, { query }: Parsed): Out<Name> {
  const operation: Wire = wire[name]
  const schema = swr[name].response
  if (!answer.text.trim() && schema.safeParse(null).success) return schema.parse(null) as Out<Name>
  const json = answer.redact(jsonOf(answer))
  // A page of some proxy in between, even with 200.
  if (json === undefined) throw unreadable(answer)
  const parsed = schema.safeParse(operation.paged ? page(json, answer, query) : json)
  if (!parsed.success) throw unreadable(answer)
  return parsed.data as Out<Name>
}

/** A bare array with its total in `Content-Range: {offset}-{count}/{total}`, which comes only when a page was asked for. */
function page(json: unknown, answer: Answer, { offset, limit }: Parsed['query']) {
  const items: unknown = json ?? []
  if (!Array.isArray(items)) throw unreadable(answer)
  const stated = /\/(\d+)$/.exec(answer.header('content-range') ?? '')?.[1] ?? items[0]?.total_range
  const isLast = items.length < Number(limit ?? 100)
  return { items, total: stated ?? (isLast ? Number(offset ?? 0) + items.length : undefined) }
}
