import 'server-only'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, count, desc, eq } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { ProblemError } from '../contract/problem'
import { accountWritesOf, touchToken } from '../db/account-writes'
import { apiTokens } from '../db/api-tables'
import { type Db, users } from '../db/schema'
import { globalSlot } from '../global-slot'

/*
 * Tokens of the public API that people make for themselves. Only a hash of each is kept: a token has more random bits than
 * anybody can try, so that a fast hash does, and one question of an index finds it.
 */

/** A prefix by which scanners of repositories find a token that was committed by mistake. */
const prefix = 'swrc_'
const randomByteCount = 30
export const tokenPattern = /^swrc_[A-Za-z0-9_-]{32,250}$/
export const maxTokensPerPerson = 50
const touchEverySeconds = 60

export interface ApiToken {
  readonly id: string
  readonly name: string
  /** Its last signs. */
  readonly ending: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly expiresAt: Date | null
}

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

const columns = {
  id: apiTokens.id,
  name: apiTokens.name,
  ending: apiTokens.ending,
  createdAt: apiTokens.createdAt,
  lastUsedAt: apiTokens.lastUsedAt,
  expiresAt: apiTokens.expiresAt,
}

/** Newest first. */
export const listTokens = (db: Db, userId: string): Promise<ApiToken[]> =>
  db.select(columns).from(apiTokens).where(eq(apiTokens.userId, userId)).orderBy(desc(apiTokens.createdAt))

/** The token itself is in the answer, and nowhere else ever after. Throws `token_limit`. */
export async function createToken(
  db: Db,
  userId: string,
  { name, expiresAt }: { readonly name: string; readonly expiresAt: Date | null },
): Promise<{ readonly row: ApiToken; readonly token: string }> {
  const [counted] = await db.select({ tokens: count() }).from(apiTokens).where(eq(apiTokens.userId, userId))
  if ((counted?.tokens ?? 0) >= maxTokensPerPerson) throw new ProblemError({ status: 409, code: 'token_limit' })
  const token = prefix + randomBytes(randomByteCount).toString('base64url')
  const row = { id: randomUUID(), name, ending: token.slice(-4), createdAt: new Date(), lastUsedAt: null, expiresAt }
  await db.insert(apiTokens).values({ ...row, userId, hash: hashOfToken(token) })
  return { row, token }
}

/** Ends at once. Throws `token_unknown`, also for one that is somebody else's. */
export async function revokeToken(db: Db, userId: string, id: string): Promise<ApiToken> {
  const [row] = await db
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId)))
    .returning(columns)
  if (!row) throw new ProblemError({ status: 404, code: 'token_unknown' })
  return row
}

/** A token and its owner as the account is now. */
interface Found extends Pick<ApiToken, 'id' | 'name' | 'lastUsedAt' | 'expiresAt'> {
  readonly userId: string
  readonly email: string
  readonly role: string | null
  readonly disabled: boolean | null
}

const maxRemembered = 1_000
/** By the hash, as with sessions: what was found, and how many writes there had been when it was asked for. */
const remembered = globalSlot(
  'api-tokens',
  () => new WeakMap<Db, LRUCache<string, { readonly found: Found; readonly count: number }>>(),
)

async function readToken(db: Db, hash: string): Promise<Found | undefined> {
  const { id, name, lastUsedAt, expiresAt } = columns
  const owner = { userId: users.id, email: users.email, role: users.role, disabled: users.banned }
  const [found] = await db
    .select({ id, name, lastUsedAt, expiresAt, ...owner })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(eq(apiTokens.hash, hash))
  return found
}

/** Read each time where several processes share the database; where this is the only one, again after every write. */
async function findToken(db: Db, hash: string): Promise<Found | undefined> {
  const writes = accountWritesOf(db)
  if (!writes) return await readToken(db, hash)
  const memory = remembered().get(db) ?? new LRUCache({ max: maxRemembered })
  remembered().set(db, memory)
  const last = memory.get(hash)
  const { count } = writes
  if (last?.count === count) return last.found
  const found = await readToken(db, hash)
  if (found) memory.set(hash, { found, count })
  return found
}

/** The token and who its owner is now; undefined when it is unknown, over, or its owner's account is disabled. */
export async function checkToken(db: Db, token: string, now = new Date()): Promise<Found | undefined> {
  const hash = hashOfToken(token)
  const found = await findToken(db, hash)
  if (!found || found.disabled || (found.expiresAt && found.expiresAt <= now)) return undefined
  const last = found.lastUsedAt?.getTime() ?? 0
  if (now.getTime() - last > touchEverySeconds * 1000) {
    await touchToken(db, found.id, now)
    remembered().get(db)?.delete(hash)
  }
  return found
}
