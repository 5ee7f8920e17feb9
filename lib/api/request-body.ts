import 'server-only'
import { ProblemError } from '../contract/problem'

const defaultMaxBytes = 1024 * 1024

const refuse = (status: number, code: 'not_json' | 'body_too_large') => new ProblemError({ status, code })

/** The client went away while it sent its request: nobody reads the answer. */
export class Aborted extends ProblemError {
  constructor() {
    super({ status: 400, code: 'invalid_request' })
  }
}

async function textOf(request: Request, maxBytes: number): Promise<string> {
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
  return Buffer.concat(parts).toString('utf8')
}

interface BodyTerms {
  /** A request without a body needs no type either. */
  readonly mayLack: boolean
  readonly maxBytes?: number | undefined
}

/** JSON, up to a limit. */
export async function bodyOf(request: Request, { mayLack, maxBytes = defaultMaxBytes }: BodyTerms): Promise<unknown> {
  const text = await textOf(request, maxBytes)
  if (text === '' && mayLack) return undefined
  // Forms can be sent across origins without asking; JSON cannot.
  if (!/^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')) throw refuse(415, 'not_json')
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    throw refuse(400, 'not_json')
  }
}

/** A repeated name becomes a list, which no schema of a query accepts. */
export function queryOf(search: URLSearchParams): Record<string, unknown> {
  const pairs = [...new Set(search.keys())].map((name) => {
    const values = search.getAll(name)
    return [name, values.length === 1 ? values[0] : values] as const
  })
  return Object.fromEntries(pairs)
}
