import 'server-only'
import { ProblemError } from '../contract/problem'
import type { AuthSettings } from './auth'

type Settings = Pick<AuthSettings, 'url'>

/** A page of another site can make its own name point to this server (DNS rebinding): only our name is answered. */
export function requireHost({ url }: Settings, headers: Pick<Headers, 'get'>) {
  if (headers.get('host') !== new URL(url).host) throw new ProblemError({ status: 421, code: 'foreign_host' })
}

/** A page of another site must not make a signed-in browser write; browsers do not let pages set these headers. */
export function requireOrigin({ url }: Settings, headers: Pick<Headers, 'get'>) {
  const site = headers.get('sec-fetch-site') ?? 'same-origin'
  if (headers.get('origin') !== url || site !== 'same-origin')
    throw new ProblemError({ status: 403, code: 'foreign_origin' })
}
