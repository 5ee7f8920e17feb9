import { createHash, createHmac } from 'node:crypto'
import type { Credential } from '../env/credential'

/** A request whose bytes are final: what is signed here is what must be sent. */
export interface SignableRequest {
  readonly method: string
  /**
   * Raw encoded path and query as sent, host with its port unless it is the default one. A `URL` will do; a verifier hands
   * the three parts over as received, because `URL` folds dot segments away.
   */
  readonly url: Pick<URL, 'host' | 'pathname' | 'search'>
  /** Lower-case names of what is signed besides `host`; `x-sdk-date` must be there. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

const algorithm = 'SDK-HMAC-SHA256'

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** RFC 3986: only unreserved characters stay. */
export const strictEncode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** `name=value&…`, sorted before encoding: the only spelling that is both signed and sent. */
export const canonicalQuery = (pairs: readonly (readonly [name: string, value: string])[]) =>
  pairs
    .toSorted(([a, x], [b, y]) => byCodeUnit(a, b) || byCodeUnit(x, y))
    .map(([name, value]) => `${strictEncode(name)}=${strictEncode(value)}`)
    .join('&')

/** Decoded once as a whole and only then split: `%252F` stays inside its segment, as the gateway reads it. */
function canonicalPath(pathname: string): string {
  const path = decodeURIComponent(pathname).split('/').map(strictEncode).join('/')
  return path.endsWith('/') ? path : `${path}/`
}

/** Not `URLSearchParams`: that is form decoding and takes `+` for a space. */
function queryPairs(search: string): [string, string][] {
  const parts = search.replace(/^\?/, '').split('&')
  return parts.flatMap((part): [string, string][] => {
    if (part === '') return []
    const [name = '', ...value] = part.split('=')
    return [[decodeURIComponent(name), decodeURIComponent(value.join('='))]]
  })
}

/** Throws a URIError when path or query hold a broken escape sequence. `signedNames` are taken in the order given. */
export function canonicalRequest(request: SignableRequest, signedNames: readonly string[]): string {
  const { method, url, headers, body } = request
  const value = (name: string) => (headers[name] ?? (name === 'host' ? url.host : '')).trim()
  return [
    method.toUpperCase(),
    canonicalPath(url.pathname),
    canonicalQuery(queryPairs(url.search)),
    signedNames.map((name) => `${name}:${value(name)}\n`).join(''),
    signedNames.join(';'),
    headers['x-sdk-content-sha256'] ?? sha256(body ?? ''),
  ].join('\n')
}

export function stringToSign(request: SignableRequest, signedNames: readonly string[]): string {
  const date = request.headers['x-sdk-date']
  if (date === undefined) throw new TypeError('x-sdk-date must be set before signing')
  return [algorithm, date, sha256(canonicalRequest(request, signedNames))].join('\n')
}

/** Lower-case hex. The secret is the key as it is: no derivation. */
export function signature(request: SignableRequest, signedNames: readonly string[], secret: string): string {
  return createHmac('sha256', secret).update(stringToSign(request, signedNames)).digest('hex')
}

/** Value of the `Authorization` header; signs every header given, plus `host`. */
export function authorization(request: SignableRequest, credential: Credential): string {
  const names = [...new Set([...Object.keys(request.headers), 'host'])].sort(byCodeUnit)
  const signed = signature(request, names, credential.secret)
  return `${algorithm} Access=${credential.access}, SignedHeaders=${names.join(';')}, Signature=${signed}`
}

/** The signature inside such a header. */
export const signatureIn = (header: string) => header.slice(header.lastIndexOf('=') + 1)

/** `YYYYMMDDTHHMMSSZ`. The clock is an argument: signing never reads it. */
export const sdkDate = (now: Date) => now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
