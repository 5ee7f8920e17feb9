import 'server-only'
import { readFileSync } from 'node:fs'
import { globalSlot } from '../global-slot'
import { log } from '../net/log'
import { config } from './config'
import { EnvReader } from './parse'
import { stampOf } from './secret-files'
import { type ProvisionedToken, readTokens } from './tokens-file'

interface Known {
  stamp: string
  tokens: readonly ProvisionedToken[]
}

const known = globalSlot('provisioned-tokens', () => new Map<string, Known>())

/** What the file holds, unless it cannot be read or breaks a rule. */
function readAgain(path: string): readonly ProvisionedToken[] | undefined {
  const reading = new EnvReader({}, (file) => readFileSync(file, 'utf8'))
  const tokens = readTokens(
    reading,
    path,
    config().connections.map(({ id }) => id),
  )
  if (reading.faults.length === 0) return tokens
  log.warn({ faults: reading.faults }, 'the file of tokens has changed and is not valid; those before stay in use')
  return undefined
}

/** Tokens that the file of `CONSOLE_TOKENS_FILE` holds now: they can be added and taken away without a restart. */
export function provisionedTokens(): readonly ProvisionedToken[] {
  const file = config().tokensFile
  if (!file) return []
  const last = known().get(file.path) ?? { stamp: '', tokens: file.tokens }
  const stamp = stampOf(file.path)
  if (stamp === undefined || stamp === last.stamp) return last.tokens
  const tokens = readAgain(file.path) ?? last.tokens
  known().set(file.path, { stamp, tokens })
  return tokens
}

/** Actors of provisioned tokens have an id that no account has. */
export const actorIdOfToken = ({ name }: Pick<ProvisionedToken, 'name'>): string => `token/${name}`

/** The token of that name, as long as it is there and good: what was begun by it may go on. */
export function provisionedToken(name: string, now = new Date()): ProvisionedToken | undefined {
  const token = provisionedTokens().find((each) => each.name === name)
  return token && isGood(token, now) ? token : undefined
}

export const isGood = ({ expires }: ProvisionedToken, now: Date): boolean => expires === undefined || now < expires
