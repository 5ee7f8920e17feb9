import 'server-only'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { PgPreparedQuery } from 'drizzle-orm/pg-core'

/** Of what PostgreSQL says of an error, what holds names only, never values (PostgreSQL, appendix of error fields). */
const harmless = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

/** Class 22, data exceptions: their messages quote the value. */
const quotesValues = (code: unknown) => typeof code === 'string' && code.startsWith('22')

/** A failure of the database, fit for a log: which statement, which condition, and no value of any row or parameter. */
function causeOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('the database driver threw no error')
  const fields = Object.fromEntries(
    harmless.flatMap((name) => (name in error ? [[name, Reflect.get(error, name)]] : [])),
  )
  const message = quotesValues(fields.code) ? `data exception ${fields.code}` : error.message
  // Several, when the name of the server has several addresses.
  const safe =
    error instanceof AggregateError ? new AggregateError(error.errors.map(causeOf), message) : new Error(message)
  return Object.assign(safe, { name: error.name }, fields)
}

/** What drizzle throws holds each parameter, in its text and as a property, and so do the errors of both drivers. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error
  const cause = causeOf(error.cause)
  const safe = new DrizzleQueryError(error.query, [], cause)
  // Logs tell stacks, which begin with the message, and no causes.
  safe.message = `Failed query: ${error.query}\nCause: ${cause.message}`
  return Object.assign(safe, { name: 'DrizzleQueryError', stack: error.stack?.replace(error.message, safe.message) })
}

interface Runs {
  queryWithCache(...args: unknown[]): Promise<unknown>
}

const done = Symbol.for('console.query-error')

/**
 * Session tokens, hashes of passwords and e-mails are parameters, and errors end in logs by many ways, libraries' among
 * them. So no error of a query leaves drizzle with a value in it. Every query of both drivers passes this method.
 */
export function hideValues() {
  const prototype = PgPreparedQuery.prototype as unknown as Runs & { [done]?: true }
  if (prototype[done]) return
  const { queryWithCache } = prototype
  prototype.queryWithCache = async function (...args) {
    try {
      return await queryWithCache.apply(this, args)
    } catch (error) {
      throw withoutValues(error)
    }
  }
  prototype[done] = true
}
