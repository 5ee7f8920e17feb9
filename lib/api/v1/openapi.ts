import 'server-only'
import { z } from 'zod'
import type { Schemas } from '../../contract/operation'
import { paramSchemas } from '../../contract/params'
import { type PublicOperation, type PublicRoute, publicRoutes } from '../../contract/v1/operations'
import { problemDetails, publicSchemas } from '../../contract/v1/schemas'
import { publicRoot } from './request'

type Json = Record<string, unknown>

/** Without the mark of its own dialect, which the document names once. */
function jsonOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema, zodSchema }) {
      // Of answers, properties may be added: a client that refuses them would break.
      if (io === 'output' && zodSchema._zod.def.type === 'object') delete jsonSchema.additionalProperties
    },
  })
  return json
}

const problemRef = { $ref: '#/components/responses/problem' }

const pathParameters = (path: string) =>
  [...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: jsonOf(paramSchemas[name as keyof typeof paramSchemas] ?? z.string(), 'input'),
  }))

/** An optional value, or one with a default, in what it stands for. */
function queryParameters(query: z.ZodType | undefined) {
  if (!(query instanceof z.ZodObject)) return []
  return Object.entries(query.shape).map(([name, schema]) => {
    const { description, ...json } = jsonOf(schema as z.ZodType, 'output')
    return { name, in: 'query', required: false, ...(description !== undefined && { description }), schema: json }
  })
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request within 24 hours answers what the first one answered.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

/** A body that is taken as it is may have any form: the operation says which it understands. */
const contentOf = ({ text }: PublicRoute, body: z.ZodType): Json =>
  text
    ? Object.fromEntries(text.map((type) => [type, { schema: type === 'text/plain' ? { type: 'string' } : {} }]))
    : { 'application/json': { schema: jsonOf(body, 'input') } }

function operationOf(name: PublicOperation) {
  const route: PublicRoute = publicRoutes[name]
  const { query, body, response }: Schemas = publicSchemas[name]
  const isWrite = route.risk !== 'read'
  return {
    operationId: name,
    summary: route.summary,
    description: `Requires the role ${route.role}.`,
    parameters: [...pathParameters(route.path), ...queryParameters(query), ...(isWrite ? [idempotencyKey] : [])],
    ...(body && { requestBody: { required: true, content: contentOf(route, body) } }),
    responses: {
      [route.success]: {
        description: 'OK',
        content: { 'application/json': { schema: jsonOf(response, 'output') } },
      },
      default: problemRef,
    },
  }
}

/** OpenAPI 3.1 of the public API, made from the schemas that check its requests. */
export function openApiDocument(url: string) {
  const paths: Record<string, Json> = {}
  for (const [name, { method, path }] of Object.entries(publicRoutes) as [PublicOperation, PublicRoute][])
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name) }
  return {
    openapi: '3.1.0',
    info: { title: 'SWR Policy Console', version: '1' },
    servers: [{ url: url + publicRoot }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        problem: {
          description: 'Problem details (RFC 9457)',
          headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
          content: { 'application/problem+json': { schema: jsonOf(problemDetails, 'output') } },
        },
      },
    },
  }
}
