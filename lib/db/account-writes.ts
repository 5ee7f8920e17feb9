import 'server-only'
import { type Logger, sql } from 'drizzle-orm'
import { globalSlot } from '../global-slot'
import { apiTokens } from './api-tables'
import { type Db, sessions } from './schema'

/** Stands in the statements that change for nobody who they are. */
const touchMark = '/* in use */'

const isAccountWrite = (query: string) =>
  !/^\s*select\b/i.test(query) && /\b(users|sessions|api_tokens)\b/.test(query) && !query.includes(touchMark)

/** Notes that a session is in use. Every minute of every session: were it counted, nothing that was read would last. */
export async function touchSession(db: Db, id: string, now: Date): Promise<void> {
  const [column, time] = [sql.identifier(sessions.updatedAt.name), sql.param(now, sessions.updatedAt)]
  await db.execute(sql`update ${sessions} set ${column} = ${time} where ${sessions.id} = ${id} ${sql.raw(touchMark)}`)
}

/** The same of a token. */
export async function touchToken(db: Db, id: string, now: Date): Promise<void> {
  const [column, time] = [sql.identifier(apiTokens.lastUsedAt.name), sql.param(now, apiTokens.lastUsedAt)]
  await db.execute(sql`update ${apiTokens} set ${column} = ${time} where ${apiTokens.id} = ${id} ${sql.raw(touchMark)}`)
}

/**
 * Counts the statements that may change who is signed in, for a database that only this process writes to. It is told of each
 * statement just before that is handed to the database, which runs one after the other: what was read before the count went
 * up may be old, what is asked for after it is not.
 */
export class AccountWrites implements Logger {
  count = 0

  logQuery(query: string) {
    if (isAccountWrite(query)) this.count += 1
  }
}

const known = globalSlot('account-writes', () => new WeakMap<Db, AccountWrites>())

export const rememberWrites = (db: Db, writes: AccountWrites): void => void known().set(db, writes)

/** Undefined where other processes write, too: nobody tells us. */
export const accountWritesOf = (db: Db): AccountWrites | undefined => known().get(db)
