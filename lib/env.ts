import 'server-only'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { hostnameOf, isLoopback } from './auth/loopback'
import {
  endpointSchema,
  keySchema,
  listedSchema,
  projectSchema,
  publicEndpoint,
  regionSchema,
  type SecretReference,
} from './gateway/connection-schema'
import type { Credential } from './gateway/sign'

/** An SWR account and project in a region, with the keys to it. Never leaves the server. */
export interface Connection {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly project: string
  /** Scheme and authority only. */
  readonly endpoint: string
  readonly credential: Credential
}

export interface Config {
  readonly host: string
  readonly port: number
  readonly connections: readonly Connection[]
}

/** Everything that is wrong with the configuration at once; names of settings, never their values. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The console does not start with this configuration:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

const serverSchema = z.object({
  PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be 1 to 65535')
    .max(65_535, 'must be 1 to 65535')
    .default(3000),
  HOST: z
    .string()
    .refine((host) => isLoopback(hostnameOf(host.includes(':') ? `[${host}]` : host) ?? ''), {
      error: 'must be this machine (127.0.0.1, localhost, ::1): there are no accounts yet to keep others out',
    })
    .default('127.0.0.1'),
})
const connectionSchema = z.object({
  SWR_REGION: regionSchema,
  SWR_PROJECT_ID: projectSchema,
  SWR_ENDPOINT: endpointSchema.optional(),
  CLOUD_SDK_AK: keySchema,
  CLOUD_SDK_SK: keySchema,
  CLOUD_SDK_SECURITY_TOKEN: keySchema.optional(),
})

class Parsing {
  readonly faults: string[] = []
  private readonly source: Record<string, string>

  constructor(
    source: Readonly<Record<string, string | undefined>>,
    private readonly readFile: (path: string) => string,
  ) {
    // An empty variable is an unset one: that is how shells and compose files switch them off.
    this.source = Object.fromEntries(Object.entries(source).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  }

  config(): Config {
    const server = this.take(serverSchema, this.source, '')
    const connections = [...this.ownConnection(), ...this.listedConnections()]
    const ids = connections.map(({ id }) => id)
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at)))
      this.faults.push(`connection id ${id} is used more than once`)
    if (connections.length === 0 && this.faults.length === 0)
      this.faults.push(
        'no connection: set SWR_REGION, SWR_PROJECT_ID, CLOUD_SDK_AK and CLOUD_SDK_SK, or SWR_CONNECTIONS_FILE',
      )
    if (!server || this.faults.length > 0) throw new ConfigError(this.faults)
    return { host: server.HOST, port: server.PORT, connections }
  }

  /** The connection `default`. Keys alone do not ask for one: an entry of the file may refer to them. */
  private ownConnection(): Connection[] {
    const asked = ['SWR_REGION', 'SWR_PROJECT_ID', 'SWR_ENDPOINT'].some((name) => name in this.source)
    if (!asked && 'SWR_CONNECTIONS_FILE' in this.source) return []
    if (!Object.keys(connectionSchema.shape).some((name) => name in this.source)) return []
    const own = this.take(connectionSchema, this.source, '')
    if (!own) return []
    const credential = {
      access: own.CLOUD_SDK_AK,
      secret: own.CLOUD_SDK_SK,
      securityToken: own.CLOUD_SDK_SECURITY_TOKEN,
    }
    const region = own.SWR_REGION
    const endpoint = own.SWR_ENDPOINT ?? publicEndpoint(region)
    return [{ id: 'default', name: region, region, project: own.SWR_PROJECT_ID, endpoint, credential }]
  }

  private listedConnections(): Connection[] {
    const file = this.source.SWR_CONNECTIONS_FILE
    if (!file) return []
    const entries = this.attempt(`SWR_CONNECTIONS_FILE ${file}`, () =>
      parse(this.readFile(file), { prettyErrors: false }),
    )
    if (entries === undefined) return []
    if (!Array.isArray(entries) || entries.length === 0) {
      this.faults.push(`SWR_CONNECTIONS_FILE ${file} must be a list of connections`)
      return []
    }
    return entries.flatMap((entry: unknown, at) => {
      const place = `SWR_CONNECTIONS_FILE[${at}]`
      const listed = this.take(listedSchema, entry, place)
      if (!listed) return []
      const secret = (name: string, reference: SecretReference) =>
        this.secret(`${place}.${name}`, reference, dirname(file))
      const access = secret('access', listed.access)
      const key = secret('secret', listed.secret)
      const token = listed.securityToken && secret('securityToken', listed.securityToken)
      if (!access || !key) return []
      const { id, name, region, project } = listed
      const endpoint = listed.endpoint ?? publicEndpoint(region)
      return [{ id, name, region, project, endpoint, credential: { access, secret: key, securityToken: token } }]
    })
  }

  private secret(place: string, reference: SecretReference, folder: string): string | undefined {
    if ('env' in reference)
      return this.take(keySchema, this.source[reference.env], `${place} (variable ${reference.env})`)
    const path = resolve(folder, reference.file)
    const written = this.attempt(`${place} (file ${reference.file})`, () => this.readFile(path))
    return written === undefined ? undefined : this.take(keySchema, written.trim(), `${place} (file ${reference.file})`)
  }

  private attempt<Result>(place: string, read: () => Result): Result | undefined {
    try {
      return read()
    } catch (error) {
      // Only the kind of failure: a parser's message would quote the file.
      const code = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
      this.faults.push(`${place} cannot be read${code}`)
      return undefined
    }
  }

  private take<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> | undefined {
    const parsed = schema.safeParse(value, { reportInput: true })
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) {
      const where = [place, ...issue.path].filter((part) => part !== '').join('.')
      if (issue.input === undefined) this.faults.push(`${where} is missing`)
      else if (issue.code === 'unrecognized_keys')
        this.faults.push(`${where} has unknown keys: ${issue.keys.join(', ')}`)
      else this.faults.push(`${where} ${issue.message}`)
    }
    return undefined
  }
}

/** Pure: environment and files are given. Throws one ConfigError that lists everything. */
export function parseEnv(
  source: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Config {
  return new Parsing(source, readFile).config()
}

const slot = Symbol.for('console.config')

/** Parsed once per process: pages and route handlers are bundled apart, and only `globalThis` is shared between them. */
export function config(): Config {
  const shared = globalThis as typeof globalThis & { [slot]?: Config }
  shared[slot] ??= parseEnv(process.env, (path) => readFileSync(path, 'utf8'))
  return shared[slot]
}

/** Start-up: a thrown error would leave Next running and answering 500 to everything. */
export function startOrExit() {
  try {
    config()
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
