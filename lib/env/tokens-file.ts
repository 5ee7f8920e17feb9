import 'server-only'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Role, roles } from '../contract/roles'
import type { EnvReader } from './parse'

/** A token of the public API that is provisioned instead of made on a page. It has no owner but the console's operator. */
export interface ProvisionedToken {
  readonly name: string
  readonly role: Role
  /** SHA-256 of the token, in hexadecimal. */
  readonly hash: string
  /** Ids of the connections it is for; all of them without. */
  readonly connections?: readonly string[] | undefined
  /** The first moment at which it is not good any more. */
  readonly expires?: Date | undefined
}

export interface TokensFile {
  readonly path: string
  /** As they were when the console started. */
  readonly tokens: readonly ProvisionedToken[]
}

const text = z.string('must be text')

/** A day is included; a moment is not. */
const expiresSchema = text
  .refine(
    (written) => z.iso.date().safeParse(written).success || z.iso.datetime({ offset: true }).safeParse(written).success,
    {
      error: 'must be a date such as 2027-06-30, whose day is included, or a moment such as 2027-06-30T12:00:00Z',
      abort: true,
    },
  )
  .transform((written) => {
    const moment = new Date(written)
    if (!written.includes('T')) moment.setUTCDate(moment.getUTCDate() + 1)
    return moment
  })

const entrySchema = z.strictObject({
  name: text.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-"'),
  role: z.enum(roles, `must be one of ${roles.join(', ')}`),
  hash: text
    .regex(/^sha256:[0-9a-f]{64}$/i, 'must be sha256: and 64 hexadecimal digits: the token itself is not written here')
    .transform((written) => written.slice('sha256:'.length).toLowerCase()),
  connections: z.array(text, 'must be a list of connection ids').min(1, 'must not be empty').optional(),
  expires: expiresSchema.optional(),
})

const setting = 'CONSOLE_TOKENS_FILE'

/**
 * What the file holds; what is wrong with it becomes faults, and an entry with a fault is left out. `connections` are those that
 * exist. Null when it holds no list that can be read.
 */
export function readTokens(
  reading: EnvReader,
  path: string,
  connections: readonly string[],
): readonly ProvisionedToken[] | null {
  const entries = reading.attempt(setting, () => parse(reading.readFile(path), { prettyErrors: false }))
  if (entries === undefined) return null
  // A file without an entry is how the last token is taken away.
  if (entries === null) return []
  if (!Array.isArray(entries)) {
    reading.faults.push(`${setting} must be a list of tokens`)
    return null
  }
  const tokens = entries.flatMap((entry: unknown, index) => {
    const place = `${setting}[${index}]`
    const token = reading.take(entrySchema, entry, place)
    if (!token?.connections?.some((id) => !connections.includes(id))) return token ? [token] : []
    reading.faults.push(`${place}.connections must be ids of connections`)
    return []
  })
  const twins = (part: 'name' | 'hash') => {
    const values = tokens.map((token) => token[part])
    return tokens.filter((token) => values.indexOf(token[part]) !== values.lastIndexOf(token[part]))
  }
  const repeated = { name: twins('name'), hash: twins('hash') }
  for (const part of ['name', 'hash'] as const)
    if (repeated[part].length > 0) reading.faults.push(`${setting} must not have two tokens with one ${part}`)
  return tokens.filter((token) => !repeated.name.includes(token) && !repeated.hash.includes(token))
}

/** Undefined when no file is named. */
export function tokensFrom(reading: EnvReader, connections: readonly string[]): TokensFile | undefined {
  const path = reading.source[setting]
  return path === undefined ? undefined : { path, tokens: readTokens(reading, path, connections) ?? [] }
}
