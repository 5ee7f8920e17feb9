import 'server-only'
import { readFileSync } from 'node:fs'
import { globalSlot } from '../global-slot'
import { type Accounts, accountsFrom } from './accounts'
import { type Connection, connectionsFrom } from './connections'
import { EnvReader } from './parse'
import { type ServerSettings, servingFrom } from './serving'
import { type TokensFile, tokensFrom } from './tokens-file'

export interface Config extends ServerSettings, Accounts {
  readonly connections: readonly Connection[]
  /** Tokens of the public API that are provisioned; read again when the file changes (tokens.ts). */
  readonly tokensFile?: TokensFile | undefined
}

/** Everything that is wrong with the configuration at once; names of settings, never their values. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The console can't start with this configuration:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/** Pure: environment and files are given. Throws one ConfigError that lists everything. */
export function parseEnv(
  source: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Config {
  const reading = new EnvReader(source, readFile)
  const serving = servingFrom(reading)
  const accounts = accountsFrom(reading)
  const connections = connectionsFrom(reading)
  const tokensFile = tokensFrom(
    reading,
    connections.map(({ id }) => id),
  )
  if (connections.length === 0 && reading.faults.length === 0)
    reading.faults.push(
      'no connection: set SWR_REGION, SWR_PROJECT_ID, CLOUD_SDK_AK and CLOUD_SDK_SK, or SWR_CONNECTIONS_FILE',
    )
  if (!serving || !accounts || reading.faults.length > 0) throw new ConfigError(reading.faults)
  return { ...serving, ...accounts, connections, tokensFile }
}

/** Parsed once per process. */
export const config = globalSlot('config', () => parseEnv(process.env, (path) => readFileSync(path, 'utf8')))
