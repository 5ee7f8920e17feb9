import 'server-only'
import { readFileSync } from 'node:fs'
import type { Role } from '../contract/roles'
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

const hashInText = /sha256:([0-9a-f]{64})/gi
const comment = /(^|\s)#.*$/gm

/** Those of before whose hash still stands in a file that is no list: whoever takes a token out of it ends that token. */
function stillThere(before: readonly ProvisionedToken[], content: string): readonly ProvisionedToken[] {
  const written = content.replace(comment, '').matchAll(hashInText)
  const hashes = new Set(Array.from(written, ([, hash = '']) => hash.toLowerCase()))
  return before.filter(({ hash }) => hashes.has(hash))
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** What the file holds. Without one nobody can say that a token is still good, so none is. */
function readAgain(path: string, before: readonly ProvisionedToken[]): readonly ProvisionedToken[] {
  const content = contentOf(path)
  if (content === undefined) {
    log.error('the file of tokens is missing or cannot be read; no provisioned token is valid')
    return []
  }
  const reading = new EnvReader({}, () => content)
  const tokens = readTokens(
    reading,
    path,
    config().connections.map(({ id }) => id),
  )
  if (tokens && reading.faults.length === 0) return tokens
  log.error(
    { faults: reading.faults },
    'the file of tokens has changed and is not valid; no token is added, and those before that are still in it stay in use, as far as their own entries are valid',
  )
  if (tokens === null) return stillThere(before, content)
  // As they are now: whoever takes a right away beside a fault has taken it away.
  const known = new Set(before.map(({ hash }) => hash))
  return tokens.filter(({ hash }) => known.has(hash))
}

/** Tokens that the file of `CONSOLE_TOKENS_FILE` holds now: they can be added and taken away without a restart. */
export function provisionedTokens(): readonly ProvisionedToken[] {
  const file = config().tokensFile
  if (!file) return []
  const last = known().get(file.path) ?? { stamp: '', tokens: file.tokens }
  const stamp = stampOf(file.path) ?? 'missing'
  if (stamp === last.stamp) return last.tokens
  const tokens = readAgain(file.path, last.tokens)
  known().set(file.path, { stamp, tokens })
  return tokens
}

/** Actors of provisioned tokens have an id that no account has. */
const prefix = 'token/'
export const actorIdOfToken = ({ name }: Pick<ProvisionedToken, 'name'>): string => `${prefix}${name}`
export const isTokenActorId = (id: string): boolean => id.startsWith(prefix)

/** The role of the token of that name at a connection, as long as it is there and good: what was begun by it may go on. */
export function provisionedRole(name: string, connection: string, now = new Date()): Role | null {
  const token = provisionedTokens().find((each) => each.name === name)
  if (!token || !isGood(token, now)) return null
  return token.connections?.includes(connection) === false ? null : token.role
}

export const isGood = ({ expires }: ProvisionedToken, now: Date): boolean => expires === undefined || now < expires
