import 'server-only'
import { anonymous, auditAnonymous } from '../audit/anonymous'
import type { AuditEvent } from '../audit/store'
import { auditDenied } from '../audit/with-audit'
import { actorFrom } from '../auth/actor'
import { retryHeader } from '../auth/errors'
import { identity } from '../auth/identity'
import { requireOrigin } from '../auth/origin'
import type { Actor } from '../contract/actor'
import { type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import { basisHeader, dryRunHeader } from '../contract/headers'
import type { OperationInput } from '../contract/parse-input'
import { match, matcher, projectPlaceholder } from '../contract/path'
import { type Problem, ProblemError, problemOf } from '../contract/problem'
import { swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { allSecrets } from '../env/secrets'
import { log } from '../net/log'
import { redactor } from '../net/redact'
import { startedEvent } from '../swr/audit-event'
import { requestSwr } from '../swr/client'
import { callConsole } from './console'
import { consoleAuditEvent } from './console-audit-event'
import { Aborted, bodyOf, queryOf, withinMemory } from './request-body'

const refuse = (status: number, code: Problem['code']) => new ProblemError({ status, code })

/** JSON of ours, whatever came from upstream: none of its headers, none of its bytes that the contract does not read. */
const answer = (body: unknown, status: number, more: Record<string, string> = {}) =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', ...more } })

/** What a write was made on: a version that the caller has seen. Any version (`*`) is none. */
const ifMatchOf = (headers: Headers) => /^"?([\w-]+)"?$/.exec(headers.get('if-match') ?? '')?.[1]

const maxReasonLength = 500

/** Percent-encoded, since headers carry no letters beyond Latin. */
function reasonOf(headers: Headers): string | undefined {
  try {
    const reason = decodeURIComponent(headers.get('x-console-reason') ?? '').trim()
    if (reason.length <= maxReasonLength) return reason || undefined
  } catch {}
  throw new ProblemError({ status: 422, code: 'invalid_request', fields: { reason: 'invalid_format' } })
}

/** The request's own part of a call; what may change something is looked at more closely. */
async function askedBy(
  request: Request,
  { params, maxBytes }: Pick<Meant, 'params' | 'maxBytes'>,
): Promise<OperationInput> {
  const { method, headers } = request
  const query = queryOf(new URL(request.url).searchParams)
  if (method === 'GET') return { params, query }
  requireOrigin((await identity()).settings, headers)
  return {
    params,
    query,
    body: await bodyOf(request, { mayLack: method === 'DELETE', maxBytes }),
    ifMatch: ifMatchOf(headers),
    reason: reasonOf(headers),
    basis: headers.get(basisHeader) ?? undefined,
    dryRun: headers.get(dryRunHeader) ?? undefined,
  }
}

const matchOwn = matcher(consoleRoutes)

/** An operation that a request means. */
interface Meant {
  readonly params: Readonly<Record<string, string>>
  readonly maxBytes?: number | undefined
  /** Of a write, which is in the audit log even if it gets no further. */
  readonly opening?: ((who: AuditEvent['actor']) => AuditEvent) | undefined
  readonly call: (actor: Actor, rawInput: OperationInput) => Promise<unknown>
}

const tables = {
  /** `/api/swr/{connection}/{SWR's own path}` */
  swr(method: string, path: string): Meant | null {
    const [, connection, rest] = /^\/([^/]+)(\/.*)$/.exec(path) ?? []
    const found = rest === undefined ? null : match(method, rest)
    // The project is the server's: an id written here would only pretend to choose it.
    if (connection === undefined || !found || (found.project ?? projectPlaceholder) !== projectPlaceholder) return null
    const { name, params } = found
    const { risk, withheld }: SwrRoute = swrRoutes[name]
    if (withheld) return null
    return {
      params,
      opening: risk === 'read' ? undefined : (who) => startedEvent(who, connection, name, { params }),
      call: (actor, rawInput) => requestSwr(actor, connection, name, rawInput),
    }
  },
  /** `/api/console/{path}` */
  console(method: string, path: string): Meant | null {
    const found = matchOwn(method, path)
    if (!found) return null
    const { name, params } = found
    const { risk, maxBodyBytes }: ConsoleRoute = consoleRoutes[name]
    return {
      params,
      maxBytes: maxBodyBytes,
      opening: risk === 'read' ? undefined : (who) => consoleAuditEvent(who, name, { params }),
      call: (actor, rawInput) => callConsole(actor, name, rawInput),
    }
  },
}

/** Who asks, and with what. A write that is refused here already is entered here. */
async function admit(
  request: Request,
  meant: Meant | null,
): Promise<{ actor: Actor; asked: OperationInput; meant: Meant }> {
  const actor = await actorFrom(request.headers).catch(async (error: unknown) => {
    if (meant?.opening) await auditAnonymous(await identity(), request.headers, meant.opening(anonymous), error)
    throw error
  })
  if (!meant) throw refuse(404, 'not_in_contract')
  const asked = await askedBy(request, meant).catch(async (error: unknown) => {
    if (meant.opening) await auditDenied(await identity(), meant.opening(actor), error)
    throw error
  })
  return { actor, asked, meant }
}

/** What ends before there is a call: nobody is known, or nothing is asked. */
function tellRefused(table: string, error: unknown) {
  const { status, code } = problemOf(error)
  const isBug = code === 'unexpected' && error instanceof Error
  const bug = isBug ? redactor(allSecrets())(error.stack ?? '') : undefined
  const level = isBug ? 'error' : error instanceof Aborted ? 'debug' : 'info'
  log[level]({ table, status, code, bug }, 'request refused')
}

/** Turns a request below `/api/{table}` into a call, or refuses it. */
export const apiHandler =
  (table: keyof typeof tables) =>
  async (request: Request): Promise<Response> => {
    try {
      // The raw path: decoded once too often, `%252F` would become a separator.
      const { pathname } = new URL(request.url)
      const root = `/api/${table}`
      const path = pathname.startsWith(`${root}/`) ? pathname.slice(root.length) : ''
      const found = tables[table](request.method, path)
      const told = await withinMemory(found?.maxBytes, async () => {
        const { actor, asked, meant } = await admit(request, found).catch((error: unknown) => {
          tellRefused(table, error)
          throw error
        })
        // Whatever goes wrong from here on is in the log already, with what it was about.
        return await meant.call(actor, asked)
      })
      return answer(told ?? null, 200)
    } catch (error) {
      const problem = problemOf(error)
      return answer(problem, problem.status, retryHeader(problem))
    }
  }
