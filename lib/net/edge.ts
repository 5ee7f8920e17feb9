import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '../contract/problem'
import { addressMatcher, clientAddress, clientAddressHeader } from './client-address'
import { contentEncoding } from './encoding/content-encoding'
import { log } from './log'
import { refusalOf } from './request-refusal'
import { responseHeaders } from './response-headers'

export interface Told {
  readonly type: string
  readonly body: object
}

export interface EdgeSettings {
  readonly url: string
  readonly trustedProxies: readonly string[]
  /** How a refusal is told at an address. */
  readonly tell: (path: string, problem: Problem) => Told
  readonly redact: <Value>(value: Value) => Value
  /** Called when the server has closed; the process ends when it resolves. */
  readonly letGo: () => Promise<void>
}

/** True when the request may go on to Next; otherwise it is answered. */
type Admit = (request: IncomingMessage, response: ServerResponse) => boolean

/** Done for each request before Next sees it, and for each response whoever writes it. */
export function edge({ url, trustedProxies, tell }: Omit<EdgeSettings, 'redact' | 'letGo'>): Admit {
  const isProxy = addressMatcher(trustedProxies)
  const headers = responseHeaders(url)
  const strangers = new Set<string>()
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    const peer = request.socket.remoteAddress ?? ''
    const forwarded = request.headers['x-forwarded-for']
    const address = clientAddress(peer, Array.isArray(forwarded) ? forwarded.join() : forwarded, isProxy)
    delete request.headers[clientAddressHeader]
    if (address !== null) request.headers[clientAddressHeader] = address
    if (forwarded !== undefined && address !== null && !isProxy(address) && isPeer(peer, address))
      tellStranger(strangers, address)
    const refusal = refusalOf(request)
    if (refusal === null) return true
    const { type, body } = tell(request.url ?? '', refusal)
    response.writeHead(refusal.status, { 'content-type': type, 'cache-control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body))
    return false
  }
}

const isPeer = (peer: string, address: string) => peer === address || peer === `::ffff:${address}`

/** A proxy that was forgotten in the settings makes everybody behind it one client; told once, and of a few. */
function tellStranger(strangers: Set<string>, peer: string) {
  if (strangers.has(peer) || strangers.size >= 10) return
  strangers.add(peer)
  log.warn({ peer }, 'X-Forwarded-For is ignored: the peer is not in TRUSTED_PROXIES')
}

const slot = Symbol.for('console.edge')

/** Tells the preload script of this process what to do. False when there is none: it was not started as it must be. */
export function installEdge(settings: EdgeSettings): boolean {
  const preload = (globalThis as typeof globalThis & { [slot]?: { install: (hooks: object) => void } })[slot]
  if (!preload) return false
  const mayPass = edge(settings)
  const encode = contentEncoding('.next/encoded')
  const admit: Admit = (request, response) => mayPass(request, response) && encode(request, response)
  preload.install({ admit, redact: settings.redact, letGo: settings.letGo })
  return true
}
