/** A request as its bytes came. Not a `Request`: that folds dot segments, drops bodies of GET and hides the raw path. */
export interface Incoming {
  readonly method: string
  /** Raw path and query. */
  readonly target: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Milliseconds to wait before answering. */
  readonly delayMs?: number
  /** Close the connection instead of answering. */
  readonly hangUp?: true
}

/** Raw path and query apart; `search` keeps its "?". */
export function splitTarget(target: string): { pathname: string; search: string } {
  const mark = target.indexOf('?')
  return mark < 0 ? { pathname: target, search: '' } : { pathname: target.slice(0, mark), search: target.slice(mark) }
}

/** What the bytes say as JSON; undefined when they say nothing. */
export function parsedJson(body: string | Uint8Array): unknown {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body)
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
