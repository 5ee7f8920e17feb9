import 'server-only'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Problem } from '../contract/problem'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

// The same as Next's own schema of this header, which answers 500 to what does not fit.
const segment = z.union([z.string(), z.tuple([z.string(), z.string(), z.string(), z.array(z.string()).nullable()])])
const routerState: z.ZodType = z.tuple([
  segment,
  z.record(
    z.string(),
    z.lazy(() => routerState),
  ),
  z.tuple([z.string(), z.string()]).nullish(),
  z.enum(['refetch', 'inside-shared-layout', 'metadata-only']).nullish(),
  z.number().nullish(),
  z.string().optional(),
])
const maxRouterStateLength = 40_000 // characters

function isRouterState(written: string | string[] | undefined): boolean {
  if (written === undefined) return true
  if (typeof written !== 'string' || written.length > maxRouterStateLength) return false
  try {
    return routerState.safeParse(JSON.parse(decodeURIComponent(written))).success
  } catch {
    return false
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** What Next would fail at with 500 and a stack in the log, or answers though nobody here uses it. */
export function refusalOf({
  method = '',
  url = '',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Problem | null {
  if (!methods.includes(method)) return { status: 405, code: 'not_in_contract' }
  const path = url.split('?', 1)[0] ?? ''
  if (!path.startsWith('/') || !isDecodable(path)) return { status: 400, code: 'invalid_request' }
  // The optimizer of images: open to everybody, under any name, and the console has none to optimize.
  if (/^\/+_next\/+image(\/|$)/.test(decodeURIComponent(path))) return { status: 404, code: 'not_in_contract' }
  if (!isRouterState(headers['next-router-state-tree'])) return { status: 400, code: 'invalid_request' }
  return null
}
