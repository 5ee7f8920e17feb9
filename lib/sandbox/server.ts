import { randomUUID } from 'node:crypto'
import { match } from '../contract/path'
import { editionOf, type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { noteUnderWay, requireTurn } from './basic/at-once'
import { settle } from './basic/deliver'
import { keepBasicRetentions } from './basic/retention'
import { basicRefusal, enterpriseRefusal, gatewayRefusal, Refusal } from './errors'
import { type Answer, type Incoming, parsedJson, splitTarget } from './exchange'
import { faultAmong, faultIn } from './faults'
import type { Call, Reply } from './handlers/handler'
import { handlers } from './handlers/table'
import { isHeld, isUngated, storedFor } from './held'
import { isRaw } from './json-fields'
import type { Checked, OpenApi } from './openapi'
import { namedAccess, verify } from './verify'
import type { Received, World } from './world'

const kibibyte = 1024
export const maxBodyBytes = 12 * kibibyte * kibibyte

function checkSizes({ target, headers, body }: Incoming) {
  if (target.length > 32 * kibibyte) throw gatewayRefusal(414, 'APIGW.0201', 'Request URI too large')
  const sizes = Object.entries(headers).map(([name, value]) => name.length + value.length)
  if (Math.max(...sizes) > 32 * kibibyte || sizes.reduce((sum, size) => sum + size, 0) > 128 * kibibyte)
    throw gatewayRefusal(494, 'APIGW.0201', 'Request headers too large')
  if (body.length > maxBodyBytes) throw gatewayRefusal(413, 'APIGW.0201', 'Request entity too large')
}

/** Mandatory on every call, also without a body; one alternative is documented. The gateway's code is invented. */
function checkContentType({ headers }: Incoming) {
  const type = (headers['content-type'] ?? '').toLowerCase().replaceAll(' ', '')
  if (type !== 'application/json' && type !== 'application/json;charset=utf-8')
    throw gatewayRefusal(400, 'APIGW.0107', 'Content-Type must be application/json')
}

const unknownPath = () =>
  gatewayRefusal(404, 'APIGW.0101', 'The API does not exist or has not been published in the environment')

/** Paths that other servers might fold or split differently are none of the API's. */
const isDoubtful = (pathname: string) => /(^|\/)(\.|%2e){1,2}(\/|$)|%2f|\/\//i.test(pathname)

function answerTo(world: World, checks: OpenApi, incoming: Incoming, received: Received): Answer {
  checkSizes(incoming)
  const key = verify(world, incoming)
  checkContentType(incoming)
  const { pathname, search } = splitTarget(incoming.target)
  // `%252F` is the one encoded slash that the API knows.
  const found = isDoubtful(pathname.replaceAll(/%252f/gi, '')) ? null : match(incoming.method, pathname)
  if (!found) throw unknownPath()
  const { name } = found
  received.operation = name
  settle(world)
  keepBasicRetentions(world)
  if (name === 'manualSync') requireTurn(world, key.access)
  const row: SwrRoute = swrRoutes[name]
  const edition = editionOf(row)

  const claimed = [found.project, incoming.headers['x-project-id']]
  if (claimed.some((project) => project !== undefined && project !== key.project))
    throw enterpriseRefusal('forbidden', 'the credential does not belong to this project')
  const accepted = <Value>(checked: Checked<Value>): Value => {
    if (checked.ok) return checked.value
    if (edition === 'enterprise') throw enterpriseRefusal('invalid', checked.reason)
    throw basicRefusal('invalid', checked.reason, incoming.method === 'GET' ? 'array' : 'wrapped')
  }
  const check = checks[name]
  accepted(check.path(pathValues(found.params)))
  const query = accepted(check.query(search))
  const parsed = check.takesBody ? parsedJson(incoming.body) : {}
  const stored = storedFor(world, name, found.params)
  accepted(
    check.body(
      parsed,
      (complaint) => isHeld(complaint, parsed, stored) || isUngated(complaint, world, name, found.params),
    ),
  )
  const body = isRaw(parsed) ? parsed : {}

  const typed = faultIn(body, query)
  const asked = {
    edition,
    method: incoming.method,
    body,
    key: `${key.access} ${incoming.method} ${incoming.target}`,
    now: world.clock().getTime(),
    throttled: world.throttled,
  }
  const instead = typed?.instead?.(asked)
  if (instead) return instead
  const param = (wanted: string) => {
    const value = found.params[wanted]
    if (value === undefined) throw new TypeError(`${name} has no path parameter ${wanted}`)
    return value
  }
  const reply = handle(name, world, { param, query, body, project: key.project })
  const met = typed ? undefined : faultAmong(reply.names ?? [])
  return met?.instead?.(asked) ?? (typed ?? met)?.change?.(written(row, reply), asked) ?? written(row, reply)
}

/** Repository names are checked as the description shows them on the wire. */
const pathValues = (params: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, name === 'repository' ? value.replaceAll('/', '$') : value]),
  )

type AnyCall = Omit<Call<SwrOperation>, 'param'> & { param(name: string): string }

function handle(name: SwrOperation, world: World, call: AnyCall): Reply {
  return handlers[name](world, call)
}

const written = ({ success }: SwrRoute, { body, headers = {}, takes }: Reply): Answer => ({
  status: success,
  ...(takes && { delayMs: takes }),
  ...(body === undefined
    ? { headers, body: '' }
    : { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }),
})

function refused(error: unknown, requestId: string): Answer {
  if (error instanceof Refusal) {
    const headers = { 'Content-Type': 'application/json', ...error.headers }
    return { status: error.status, headers, body: JSON.stringify(error.body(requestId)) }
  }
  // A bug of the sandbox must not look like one of SWR's failures.
  const detail = error instanceof Error ? error.stack : String(error)
  return { status: 599, headers: { 'Content-Type': 'text/plain' }, body: `sandbox bug: ${detail}` }
}

const [maxKeptReads, maxKeptWrites] = [20_000, 200_000]

/** Looks now and then. Writes stay longer: that none came twice can be told as long as the log has all of them. */
function forget(world: World) {
  const { received } = world
  if (received.length % 1000 !== 0) return
  const reads = received.filter(({ method }) => method === 'GET').slice(0, -maxKeptReads)
  const writes = received.filter(({ method }) => method !== 'GET').slice(0, -maxKeptWrites)
  const gone = new Set([...reads, ...writes])
  if (gone.size === 0) return
  const kept = received.filter((row) => !gone.has(row))
  received.splice(0, received.length, ...kept)
  world.forgotten += gone.size
}

function receive(world: World, incoming: Incoming): Received {
  const { pathname, search } = splitTarget(incoming.target)
  world.requestCount += 1
  const received: Received = {
    n: world.requestCount,
    at: world.clock().toISOString(),
    method: incoming.method,
    path: pathname,
    query: Object.fromEntries(new URLSearchParams(search)),
    body: parsedJson(incoming.body) ?? null,
    access: namedAccess(incoming),
    operation: null,
    status: null,
    takes: 0,
  }
  world.received.push(received)
  forget(world)
  return received
}

/** The sandbox as a function: verifies, matches, validates, handles. Keeps a log that the control port reads. */
export function createSandbox(world: World, checks: OpenApi): (incoming: Incoming) => Answer {
  return (incoming) => {
    const received = receive(world, incoming)
    const requestId = randomUUID().replaceAll('-', '')
    let answer: Answer
    try {
      answer = answerTo(world, checks, incoming, received)
    } catch (error) {
      answer = refused(error, requestId)
    }
    received.status = answer.hangUp ? null : answer.status
    received.takes = answer.delayMs ?? world.delayMs
    if (received.operation === 'manualSync' && answer.status === 200)
      noteUnderWay(world, received.access ?? '', received.takes)
    const delay = received.takes > 0 ? { delayMs: received.takes } : {}
    return { ...answer, ...delay, headers: { ...answer.headers, 'X-Request-Id': requestId } }
  }
}
