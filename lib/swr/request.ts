import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { ParsedInput } from '../contract/parse-input'
import { fill } from '../contract/path'
import { type Problem, ProblemError, problemOf } from '../contract/problem'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { type SwrOutput, swrSchemas } from '../contract/swr/schemas'
import type { Connection } from '../env/connections'
import { allSecrets } from '../env/secrets'
import { parseBounded } from '../net/bounded-json'
import { redactor } from '../net/redact'
import { scrub, scrubTexts } from '../net/scrub'
import { contentHashOf } from './content-hash'
import { withKey } from './credential-guard'
import { notePause, waitOutPause } from './pause'
import { problemFromSwr } from './problem-from-swr'
import { authorization, canonicalQuery, sdkDate, signatureIn } from './sign'
import { type Answer, send } from './transport'

export const unreadableResponse = ({ header }: Answer) =>
  new ProblemError({ status: 502, code: 'swr_unreadable', requestId: header('x-request-id') })

/** How long SWR may take. */
export const timeoutSecondsFor = ({ timeout }: Pick<SwrRoute, 'timeout'>) => timeout ?? 30

const largeResponseLength = 256 * 1024

/** Lets other requests in between the steps of reading a large answer. */
const others = ({ text }: Answer) => (text.length > largeResponseLength ? setImmediate() : undefined)

/** A success of SWR's. */
export interface Success extends Answer {
  /** As it came, for sending it back; undefined when it is no JSON. */
  readonly raw: unknown
  /** The same without secrets, the signature that was sent included. */
  readonly json: unknown
}

/** Asks SWR, within the operation's own time or fewer `seconds`; not while SWR has asked this connection to wait. */
export async function sendRequest(
  target: Connection,
  name: SwrOperation,
  input: ParsedInput,
  seconds = Number.POSITIVE_INFINITY,
): Promise<Success> {
  await waitOutPause(target.id)
  try {
    return await withKey(target, () => exchange(target, name, input, seconds))
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code !== 'swr_throttled') throw error
    throw new ProblemError({ ...problem, retryAfter: await notePause(target.id, problem) })
  }
}

/** Builds the request from parsed values only, signs its bytes, sends it once; anything but a success is thrown. */
async function exchange(
  target: Connection,
  name: SwrOperation,
  { params, query, body }: ParsedInput,
  seconds: number,
): Promise<Success> {
  const operation: SwrRoute = swrRoutes[name]
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
  const bytes = {
    connection: target.id,
    origin: target.endpoint,
    path: pathname + search,
    method,
    headers: signed,
    body: request.body,
  }
  const answer = await send(bytes, Math.min(seconds, timeoutSecondsFor(operation)))
  // Gateways like to repeat what they could not accept.
  const redact = redactor(allSecrets(), [signatureIn(signed.authorization)])
  const raw = parseBounded(answer.text)
  await others(answer)
  const isSuccess = answer.status >= 200 && answer.status < 300
  const scrubbed = isSuccess ? scrub(raw) : scrubTexts(raw)
  await others(answer)
  const json = redact(scrubbed)
  await others(answer)
  if (isSuccess) return { ...answer, raw, json }
  const problem = redact(problemFromSwr({ ...answer, operation: name, json }, new Date()))
  throw new ProblemError(withoutTyped(problem, body))
}

const typed = z.object({ credential: z.object({ access_key: z.string(), access_secret: z.string() }) })

/** SWR's words without the login that a person typed: a secret may be any word, so only its own texts are searched. */
function withoutTyped(problem: Problem, body: ParsedInput['body']): Problem {
  const login = typed.safeParse(body).data?.credential
  if (!problem.swr || !login) return problem
  const secrets = [login.access_secret, ...(login.access_key.includes('@') ? [login.access_key] : [])]
  return { ...problem, swr: redactor([], secrets.filter(Boolean))(problem.swr) }
}

/** What the caller gets of a success: without secrets, with hashes, and only what the contract can read. */
export function parseResponse<Name extends SwrOperation>(
  name: Name,
  answer: Success,
  { query }: ParsedInput,
): SwrOutput<Name> {
  const operation: SwrRoute = swrRoutes[name]
  const schema = swrSchemas[name].response
  if (!answer.text.trim() && schema.safeParse(null).success) return schema.parse(null) as SwrOutput<Name>
  const json = withHashes(name, answer.json)
  // A page of some proxy in between, even with 200.
  if (json === undefined) throw unreadableResponse(answer)
  const parsed = schema.safeParse(operation.paged ? page(json, answer, query) : json)
  if (!parsed.success) throw unreadableResponse(answer)
  return parsed.data as SwrOutput<Name>
}

/** `limit::10|offset::20|…`: a page that is asked for in one text. */
const packed = ({ filter }: ParsedInput['query']): Record<string, string> =>
  Object.fromEntries(typeof filter === 'string' ? filter.split('|').map((pair) => pair.split('::')) : [])

/** A bare array with its total in `Content-Range: {offset}-{count}/{total}`, which comes only when a page was asked for. */
function page(json: unknown, answer: Answer, query: ParsedInput['query']) {
  const { offset, limit } = { ...query, ...packed(query) }
  const items: unknown = json ?? []
  if (!Array.isArray(items)) throw unreadableResponse(answer)
  const stated = /\/(\d+)$/.exec(answer.header('content-range') ?? '')?.[1] ?? items[0]?.total_range
  const isLast = items.length < Number(limit ?? 100)
  return { items, total: stated ?? (isLast ? Number(offset ?? 0) + items.length : undefined) }
}

/** Where objects that can be changed stand in an answer; null: the answer is one. */
const objectsIn: Partial<Record<SwrOperation, string | null>> = {
  replicationList: 'policies',
  replicationShow: null,
  retentionList: 'retentions',
  retentionShow: null,
  registryList: 'registries',
  registryShow: null,
  immutableRuleList: 'immutable_rules',
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withHash = (object: unknown) => (isObject(object) ? { ...object, content_hash: contentHashOf(object) } : object)

/** Each object says what it is, so that a write can say what it was made on. */
function withHashes(name: SwrOperation, json: unknown): unknown {
  const place = objectsIn[name]
  if (place === undefined || !isObject(json)) return json
  if (place === null) return withHash(json)
  const rows = json[place]
  return Array.isArray(rows) ? { ...json, [place]: rows.map(withHash) } : json
}
