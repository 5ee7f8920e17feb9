import type { Credential } from '../env/credential'
import { demo } from '../sandbox/demo'
import { type Incoming, splitTarget } from '../sandbox/exchange'
import { authorization, canonicalQuery, sdkDate } from '../swr/sign'

export interface Ask {
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  /** Bytes that `body` could not make. */
  readonly rawBody?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly credential?: Credential
  readonly project?: string
  /** Changes the request after it was signed. */
  readonly tamper?: (incoming: Incoming) => Incoming
}

/** A request as it reaches SWR, signed by the real signer with the demo's credential. `now` is the time that it claims. */
export function signed(method: string, pathname: string, ask: Ask, now: Date, host = 'swr.test'): Incoming {
  const search = canonicalQuery(Object.entries(ask.query ?? {}).map(([name, value]) => [name, String(value)]))
  const body = new TextEncoder().encode(ask.rawBody ?? (ask.body === undefined ? '' : JSON.stringify(ask.body)))
  const headers = { 'content-type': 'application/json', 'x-sdk-date': sdkDate(now), ...ask.headers }
  const target = search ? `${pathname}?${search}` : pathname
  const url = { host, ...splitTarget(target) }
  const credential = ask.credential ?? demo
  const incoming = {
    method,
    target,
    headers: { ...headers, host, authorization: authorization({ method, url, headers, body }, credential) },
    body,
  }
  return ask.tamper?.(incoming) ?? incoming
}
