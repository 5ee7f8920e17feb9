import 'server-only'
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { anyJson, anyText } from './pg-text'
import { userId } from './schema'

/** Tokens of the public API that people made; only a hash of each is kept. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    name: anyText('name').notNull(),
    /** SHA-256 of the whole token, in hexadecimal. */
    hash: text('hash').notNull().unique(),
    /** The last signs, so that people can tell one from another. */
    ending: text('ending').notNull(),
    createdAt: moment('created_at').notNull(),
    lastUsedAt: moment('last_used_at'),
    expiresAt: moment('expires_at'),
  },
  (table) => [index('api_tokens_user').on(table.userId)],
)

/** Answers of writes of the public API, for a day: the same key and request get the same answer. */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    /** Who asked: the id of the actor. */
    actor: text('actor').notNull(),
    key: anyText('key').notNull(),
    /** Hash of method, path and body. */
    request: text('request').notNull(),
    at: moment('at').notNull(),
    /** Null while the first one is still at it. */
    status: integer('status'),
    answer: anyJson('answer'),
  },
  (table) => [primaryKey({ columns: [table.actor, table.key] }), index('idempotent_requests_at').on(table.at)],
)
