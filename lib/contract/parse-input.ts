import 'server-only'
import type { z } from 'zod'
import type { Schemas } from './operation'
import { paramSchemas } from './params'
import type { ParamName } from './path'
import { ProblemError } from './problem'

/** What a caller asks with, before anything about it is believed. */
export interface Asked {
  readonly params: Readonly<Record<string, unknown>>
  readonly query?: unknown
  readonly body?: unknown
  /** Hash of what the caller saw. */
  readonly ifMatch?: string | undefined
  /** Why, for the change log. */
  readonly reason?: string | undefined
}

/** What the contract lets through. */
export interface Parsed {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** Messages that the contract gives are codes already; zod's own are English and give way to zod's code. */
const codeOf = ({ message, code = 'custom' }: z.core.$ZodIssue) => (/^[a-z_]+$/.test(message) ? message : code)

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

const isParam = (name: string): name is ParamName => Object.hasOwn(paramSchemas, name)

const isEmpty = (value: unknown) =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** Parameters, query and body by the contract, or 422 with every field that it refuses. */
export function parseInput(template: string, schemas: Schemas, asked: Asked): Parsed {
  const fields = new Fields()
  const names = [...template.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => name).filter(isParam)
  const params = names.map((name) => [
    name,
    fields.take(paramSchemas[name], asked.params[name], `params.${name}`) ?? '',
  ])

  let query: Parsed['query'] = {}
  if (schemas.query) query = fields.take(schemas.query, asked.query ?? {}, 'query') ?? {}
  else if (!isEmpty(asked.query)) fields.refuse('query', 'unknown')

  let body: Parsed['body']
  if (schemas.body) body = fields.take(schemas.body, asked.body, 'body')
  else if (asked.body !== undefined) fields.refuse('body', 'unknown')

  if (fields.refused.length > 0)
    throw new ProblemError({ status: 422, code: 'invalid_request', fields: Object.fromEntries(fields.refused) })
  return { params: Object.fromEntries(params), query, body }
}
