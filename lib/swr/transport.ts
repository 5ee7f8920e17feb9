import 'server-only'
import { Agent, buildConnector, errors } from 'undici'
import { ProblemError } from '../contract/problem'
import type { SwrRoute } from '../contract/swr/route'
import { globalSlot } from '../global-slot'
import { log } from '../net/log'

/** Bytes as they were signed. */
export interface Sendable {
  /** Id of the connection whose sockets are used. */
  readonly connection: string
  readonly method: SwrRoute['method']
  /** Scheme and authority. */
  readonly origin: string
  /** Encoded path and query, sent as it stands. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export interface Answer {
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/**
 * No page of a list comes near it; more than that is not SWR. What is read of an answer is read at once, and everybody
 * waits so long: a fifth of a second for each step at this size.
 */
const maxResponseBytes = 4 * 1024 * 1024

/** Sockets of one connection: a connection that is slow must not take all there are. */
export const maxSockets = 32
/** Requests of one connection that may wait for a socket; more are refused at once. */
export const maxQueued = 128

interface Line {
  readonly agent: Agent
  /** Requests that were sent or wait for a socket. */
  open: number
}

/** What went wrong before there was a connection, the handshake of TLS included: no request was on its way. */
const beforeConnected = new WeakSet<Error>()

function connectorOf(): buildConnector.connector {
  const connect = buildConnector({ timeout: 10_000 })
  return (options, told) =>
    connect(options, (...result) => {
      if (result[0]) beforeConnected.add(result[0])
      told(...result)
    })
}

const lines = globalSlot('lines', () => new Map<string, Line>())

function lineOf(connection: string): Line {
  const known = lines().get(connection)
  if (known) return known
  const agent = new Agent({
    connections: maxSockets,
    keepAliveTimeout: 30_000,
    connect: connectorOf(),
    // The timeout of the operation covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxResponseBytes,
  })
  const line = { agent, open: 0 }
  lines().set(connection, line)
  return line
}

/**
 * Sends once and follows no redirect: a signature is good for one request to one host, and five bad ones lock the key.
 * `seconds` is for the whole exchange, waiting for a socket included. Throws `connection_busy` when too many wait already.
 */
export async function send(
  { connection, origin, path, method, headers, body }: Sendable,
  seconds: number,
): Promise<Answer> {
  const line = lineOf(connection)
  if (line.open >= maxSockets + maxQueued)
    throw new ProblemError({ status: 503, code: 'connection_busy', retryAfter: 2 })
  line.open += 1
  try {
    const answer = await line.agent.request({
      origin,
      path,
      method,
      headers,
      body,
      signal: AbortSignal.timeout(Math.ceil(seconds * 1000)),
    })
    const text = await answer.body.text()
    const header = (name: string) => {
      const value = answer.headers[name]
      return Array.isArray(value) ? value[0] : value
    }
    return { status: answer.statusCode, header, text }
  } catch (error) {
    throw new ProblemError(problemFor(error))
  } finally {
    line.open -= 1
  }
}

/** Nothing was sent: also when a value can be in no header. */
const isUnsent = (error: unknown) =>
  error instanceof Error && (beforeConnected.has(error) || error instanceof errors.InvalidArgumentError)

function problemFor(error: unknown) {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { status: 504, code: 'swr_timeout' } as const
  if (error instanceof errors.ResponseExceededMaxSizeError) return { status: 502, code: 'swr_unreadable' } as const
  // The cause is for whoever runs the console: a name that does not resolve, a refused port, a certificate.
  const cause = error instanceof Error && 'code' in error ? error.code : undefined
  const code = isUnsent(error) ? 'swr_unreachable' : 'swr_broke_off'
  log.warn(
    { cause: cause ?? (error instanceof Error ? error.name : typeof error) },
    code === 'swr_unreachable' ? 'SWR cannot be reached' : 'the connection to SWR broke off',
  )
  // Nobody knows then whether the request was carried out.
  return { status: 502, code } as const
}
