import 'server-only'
import Ajv, { type ValidateFunction } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { publicApiHandler } from '../api/v1/handler'
import { openApiDocument } from '../api/v1/openapi'
import { hashOfToken } from '../auth/tokens'
import type { Role } from '../contract/roles'
import { roles } from '../contract/roles'
import { type PublicOperation, type PublicRoute, publicRoutes } from '../contract/v1/operations'
import { clientAddressHeader } from '../net/client-address'
import type { TestMember } from './console'
import { type RetentionConsoleOptions, startRetentionConsole } from './retention-console'
import { SandboxedConsole, startOnSandbox } from './sandbox'
import { type SyncConsole, startSyncConsole } from './sync-console'
import { TestTokensFile } from './tokens-file'

const origin = 'http://127.0.0.1:3000'

/** Tokens of each role that the configuration names. */
export const provisioned = (role: Role): string => `swrc_${role.padEnd(40, '0')}`
export const tokensYaml = roles
  .map((role) => `- {name: ci-${role}, role: ${role}, hash: "sha256:${hashOfToken(provisioned(role))}"}`)
  .join('\n')

export async function startPublicApi(): Promise<SandboxedConsole> {
  const file = new TestTokensFile(tokensYaml)
  const source = { CONSOLE_TOKENS_FILE: file.path }
  const console_ = await startOnSandbox(undefined, { source, readFile: () => tokensYaml })
  const close = async () => {
    file.remove()
    await console_.close()
  }
  return new SandboxedConsole(console_.db, close, console_.sandbox)
}

/** Three regions, and jobs that are carried out; tokens are those of `tokensFile`. */
export async function startPublicSync(
  source: Readonly<Record<string, string>> = {},
): Promise<{ readonly console_: SyncConsole; readonly tokensFile: TestTokensFile }> {
  const tokensFile = new TestTokensFile(tokensYaml)
  const console_ = await startSyncConsole({ source: { CONSOLE_TOKENS_FILE: tokensFile.path, ...source } })
  return { console_, tokensFile }
}

/** Retention, with jobs that are carried out. */
export async function startPublicRetention(more: RetentionConsoleOptions = {}) {
  const tokensFile = new TestTokensFile(tokensYaml)
  const source = { CONSOLE_TOKENS_FILE: tokensFile.path, ...more.source }
  const console_ = await startRetentionConsole({ ...more, source })
  const close = async () => {
    tokensFile.remove()
    await console_.close()
  }
  return { console_, close }
}

export async function makeToken(console_: SandboxedConsole, who: TestMember, expiresAt: string | null = null) {
  const answer = await console_.own(who, 'tokenCreate', { params: {}, body: { name: 'pipeline', expiresAt } })
  const { token, secret } = (await answer.json()) as { token: { id: string }; secret: string }
  return { id: token.id, secret }
}

export interface Sent {
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

let addresses = 0

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly json: Record<string, unknown>
}

/** One request as a program sends it, from an address of its own. */
export async function askPublic(
  token: string | null,
  method: string,
  path: string,
  { body, key, headers, signal }: Sent = {},
): Promise<Answered> {
  const answer = await publicApiHandler(
    new Request(`${origin}/api/v1${path}`, {
      method,
      headers: {
        host: '127.0.0.1:3000',
        [clientAddressHeader]: `10.3.${Math.floor(++addresses / 250)}.${addresses % 250}`,
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
      }),
      ...(signal && { signal }),
    }),
  )
  const text = await answer.text()
  const json: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
  return { status: answer.status, headers: answer.headers, json }
}

const ajv = addFormats.default(new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }))
const document = openApiDocument(origin)
const checks = new Map<string, ValidateFunction>()

function check(name: string, schema: object): ValidateFunction {
  const known = checks.get(name) ?? ajv.compile(schema)
  checks.set(name, known)
  return known
}

interface Documented {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>
}

/** What an answer has that the document does not say; nothing when they agree. */
export function disagreements(name: PublicOperation, { status, headers, json }: Answered): unknown {
  const { method, path, success }: PublicRoute = publicRoutes[name]
  const operation = document.paths[path]?.[method.toLowerCase()] as Documented
  const isProblem = status >= 400
  const type = isProblem ? 'application/problem+json' : 'application/json'
  if (headers.get('content-type') !== type) return `${status} as ${headers.get('content-type')}`
  if (!isProblem && status !== success) return `${status} instead of ${success}`
  const schema = isProblem
    ? document.components.responses.problem.content['application/problem+json'].schema
    : operation.responses[String(status)]?.content?.[type]?.schema
  if (!schema) return `no schema for ${status}`
  const fits = check(isProblem ? 'problem' : name, schema)
  return fits(json) ? null : fits.errors
}
