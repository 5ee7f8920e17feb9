import 'server-only'
import { createHash } from 'node:crypto'
import { slotsOf } from '../concurrency'
import { ProblemError } from '../contract/problem'
import { globalSlot } from '../global-slot'

const defaultMaxBytes = 1024 * 1024

const refuse = (status: number, code: 'not_json' | 'body_too_large') => new ProblemError({ status, code })

/** The client went away while it sent its request: nobody reads the answer. */
export class Aborted extends ProblemError {
  constructor() {
    super({ status: 400, code: 'invalid_request' })
  }
}

const largeBytes = 8 * 1024 * 1024
const largeSlots = globalSlot('large-bodies', () =>
  slotsOf({
    running: 2,
    waiting: 50,
    full: () => new ProblemError({ status: 429, code: 'too_many_requests', retryAfter: 5 }),
  }),
)

/** Reads and answers a request: of those whose body may be large, two at a time, so that memory has a bound. */
export const withinMemory = <Result>(maxBytes: number | undefined, work: () => Promise<Result>): Promise<Result> =>
  (maxBytes ?? 0) > largeBytes ? largeSlots()(work) : work()

async function bytesOf(request: Request, maxBytes: number): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of request.body ?? []) {
      size += part.byteLength
      if (size > maxBytes) throw refuse(413, 'body_too_large')
      parts.push(part)
    }
  } catch (error) {
    throw error instanceof ProblemError ? error : new Aborted()
  }
  return parts
}

const isOfType = (request: Request, types: readonly string[]) => {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  return types.includes(type.trim().toLowerCase())
}

interface BodyTerms {
  /** A request without a body needs no type either. */
  readonly mayLack: boolean
  readonly maxBytes?: number | undefined
}

/** JSON, up to a limit. */
export async function bodyOf(request: Request, { mayLack, maxBytes = defaultMaxBytes }: BodyTerms): Promise<unknown> {
  const text = Buffer.concat(await bytesOf(request, maxBytes)).toString('utf8')
  if (text === '' && mayLack) return undefined
  // Forms can be sent across origins without asking; JSON cannot.
  if (!isOfType(request, ['application/json'])) throw refuse(415, 'not_json')
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    throw refuse(400, 'not_json')
  }
}

/** A body that is read as it is, with a hash of it. Shells of Windows write UTF-16. */
export async function textBodyOf(
  request: Request,
  { types, maxBytes = defaultMaxBytes }: { readonly types: readonly string[]; readonly maxBytes?: number | undefined },
): Promise<{ readonly text: string; readonly hash: string }> {
  const parts = await bytesOf(request, maxBytes)
  if (!isOfType(request, types)) throw refuse(415, 'not_json')
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  const bytes = Buffer.concat(parts)
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe
  return { text: bytes.toString(isWide ? 'utf16le' : 'utf8'), hash: hash.digest('hex') }
}

/** A repeated name becomes a list, which no schema of a query accepts. */
export function queryOf(search: URLSearchParams): Record<string, unknown> {
  const pairs = [...new Set(search.keys())].map((name) => {
    const values = search.getAll(name)
    return [name, values.length === 1 ? values[0] : values] as const
  })
  return Object.fromEntries(pairs)
}
