import 'server-only'
import { actorFrom } from '../auth/actor'
import { match, ownProject } from '../contract/path'
import { type Problem, ProblemError, problemOf } from '../problem'
import { call } from './call'

const largestBody = 1024 * 1024

const refuse = (status: number, code: Problem['code']) => new ProblemError({ status, code })

/** JSON of ours, whatever came from upstream: none of its headers, none of its bytes that the contract does not read. */
const answer = (body: unknown, status: number) =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } })

/** A page of another site must not make a signed-in browser write; browsers do not let pages set these headers. */
function checkOrigin(headers: Headers) {
  const origin = headers.get('origin') ?? ''
  const site = headers.get('sec-fetch-site') ?? 'same-origin'
  if (!URL.canParse(origin) || new URL(origin).host !== headers.get('host') || site !== 'same-origin')
    throw refuse(403, 'foreign_origin')
}

async function textOf(request: Request): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > largestBody) throw refuse(413, 'body_too_large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await textOf(request)
  if (text === '' && request.method === 'DELETE') return undefined
  // Forms can be sent across origins without asking; JSON cannot.
  if (!/^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')) throw refuse(415, 'not_json')
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    throw refuse(400, 'not_json')
  }
}

/** A repeated name becomes a list, which no schema of a query accepts. */
function queryOf(search: URLSearchParams): Record<string, unknown> {
  const pairs = [...new Set(search.keys())].map((name) => {
    const values = search.getAll(name)
    return [name, values.length === 1 ? values[0] : values] as const
  })
  return Object.fromEntries(pairs)
}

async function answerTo(request: Request, table: 'swr'): Promise<unknown> {
  const actor = actorFrom(request.headers)
  const { pathname, searchParams } = new URL(request.url)
  // The raw path: decoded once too often, `%252F` would become a separator.
  const [, connection, path] = new RegExp(`^/api/${table}/([^/]+)(/.*)$`).exec(pathname) ?? []
  const found = path === undefined ? null : match(request.method, path)
  // The project is the server's: an id written here would only pretend to choose it.
  if (connection === undefined || !found || (found.project ?? ownProject) !== ownProject)
    throw refuse(404, 'not_in_contract')
  if (request.method !== 'GET') checkOrigin(request.headers)
  const body = request.method === 'GET' ? undefined : await bodyOf(request)
  const { name, params } = found
  return await call(actor, connection, name, { params, query: queryOf(searchParams), body })
}

/** Turns a request for `/api/swr/{connection}/{SWR's own path}` into a call, or refuses it. */
export const door =
  (table: 'swr') =>
  async (request: Request): Promise<Response> => {
    try {
      return answer((await answerTo(request, table)) ?? null, 200)
    } catch (error) {
      const problem = problemOf(error)
      return answer(problem, problem.status)
    }
  }
