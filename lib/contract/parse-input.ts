import 'server-only'
import { z } from 'zod'
import type { Schemas } from './operation'
import { paramSchemas } from './params'
import type { ParamName } from './path'
import { ProblemError } from './problem'
import { type Broken, brokenIn, codeOf } from './rules'

/** What a caller asks with, before anything about it is believed. */
export interface OperationInput {
  readonly params: Readonly<Record<string, unknown>>
  readonly query?: unknown
  readonly body?: unknown
  /** Hash of what the caller saw. */
  readonly ifMatch?: string | undefined
  /** Why, for the audit log. */
  readonly reason?: string | undefined
  /** Id of the policy that is repeated, by a new one or in place of another's rules: its values were read from SWR, and break no rule. */
  readonly basis?: string | undefined
  /** Id of the dry run whose outcome the caller agrees to, where what is saved deletes by itself. */
  readonly dryRun?: string | undefined
}

/** What the contract lets through. */
export interface ParsedInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body: Readonly<Record<string, unknown>> | undefined
}

class Fields {
  readonly refused: [string, string][] = []

  take<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> | undefined {
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) {
      const path = [place, ...issue.path].join('.')
      if (issue.code === 'unrecognized_keys')
        this.refused.push(...issue.keys.map((key): [string, string] => [`${path}.${key}`, 'unknown']))
      else this.refused.push([path, codeOf(issue)])
    }
    return undefined
  }

  refuse(place: string, code: string) {
    this.refused.push([place, code])
  }
}

const record = z.record(z.string(), z.unknown())

const isParam = (name: string): name is ParamName => Object.hasOwn(paramSchemas, name)

const isEmpty = (value: unknown) =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

const refusal = (broken: readonly Broken[]) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: Object.fromEntries(broken) })

/** Throws 422 for what in a body breaks the rules of its operation; what is as it was `read` breaks none. */
export function requireRules(
  { rules }: Schemas,
  body: ParsedInput['body'],
  ...read: readonly (object | undefined)[]
): void {
  const broken = rules && body ? brokenIn(rules, body, ...read) : []
  if (broken.length > 0) throw refusal(broken)
}

/**
 * Parameters, query and body by the contract, or 422 with every field that it refuses. `rules: 'later'`: the caller reads
 * first what is there, and requires them then.
 */
export function parseInput(
  template: string,
  schemas: Schemas,
  rawInput: OperationInput,
  rules: 'now' | 'later' = 'now',
): ParsedInput {
  const fields = new Fields()
  const names = [...template.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => name).filter(isParam)
  const params = names.map((name) => [
    name,
    fields.take(paramSchemas[name], rawInput.params[name], `params.${name}`) ?? '',
  ])

  let query: ParsedInput['query'] = {}
  if (schemas.query) query = fields.take(schemas.query, rawInput.query ?? {}, 'query') ?? {}
  else if (!isEmpty(rawInput.query)) fields.refuse('query', 'unknown')

  let body: ParsedInput['body']
  if (schemas.body) body = fields.take(schemas.body, rawInput.body, 'body')
  else if (rawInput.body !== undefined) fields.refuse('body', 'unknown')

  // Also of a body that has not the right shape: all that is wrong is told at once.
  const said = record.safeParse(rawInput.body).data
  if (rules === 'now' && schemas.rules && said) for (const each of brokenIn(schemas.rules, said)) fields.refuse(...each)
  if (fields.refused.length > 0) throw refusal(fields.refused)
  return { params: Object.fromEntries(params), query, body }
}
