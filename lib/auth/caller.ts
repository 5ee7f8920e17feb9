import 'server-only'
import { getIP } from 'better-auth/api'
import type { Actor } from '../contract/actor'
import { ProblemError } from '../contract/problem'
import { roles } from '../contract/roles'
import { actorIdOfToken, isGood, provisionedTokens } from '../env/tokens'
import type { Identity } from './identity'
import { requireHost } from './origin'
import { countTokenFailure } from './throttle'
import { checkToken, hashOfToken, tokenPattern } from './tokens'

const bearer = /^Bearer +(\S+) *$/i

/** In the log: the token, and whose it is. */
const named = (token: string, owner: string) => {
  const text = `${token} (${owner})`
  return { name: text, email: text }
}

function provisionedCaller(hash: string, now: Date): Actor | undefined {
  // By hashes: how long a comparison takes tells nothing of a token.
  const token = provisionedTokens().find((each) => each.hash === hash)
  if (!token || !isGood(token, now)) return undefined
  const { name, role, connections } = token
  return { id: actorIdOfToken(token), ...named(name, 'CONSOLE_TOKENS_FILE'), role, ...(connections && { connections }) }
}

async function personsCaller({ db }: Pick<Identity, 'db'>, token: string, now: Date): Promise<Actor | undefined> {
  const found = await checkToken(db, token, now)
  if (!found) return undefined
  const role = roles.find((known) => known === found.role)
  if (!role) throw new ProblemError({ status: 403, code: 'role_missing' })
  return { id: found.userId, ...named(found.name, found.email), role }
}

/**
 * Who the token of a request belongs to, and what they may at this moment; no cookie counts. Throws `token_invalid`, and
 * `too_many_attempts` after too many of those from one address.
 */
export async function callerFrom(known: Identity, headers: Headers, now = new Date()): Promise<Actor> {
  requireHost(known.settings, headers)
  const given = bearer.exec(headers.get('authorization') ?? '')?.[1]
  const token = given !== undefined && tokenPattern.test(given) ? given : undefined
  const caller = token && (provisionedCaller(hashOfToken(token), now) ?? (await personsCaller(known, token, now)))
  if (caller) return caller
  // Who sends none tries nothing.
  if (given !== undefined) await countTokenFailure(known.db, getIP(headers, known.auth.options), now)
  throw new ProblemError({ status: 401, code: 'token_invalid' })
}
