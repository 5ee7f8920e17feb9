import 'server-only'
import type { Logger } from 'drizzle-orm'
import { globalSlot } from '../global-slot'
import type { Db } from './schema'

const isAccountWrite = (query: string) => !/^\s*select\b/i.test(query) && /\b(users|sessions)\b/.test(query)

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
