import 'server-only'
import {
  bigint,
  boolean,
  index,
  integer,
  type PgDatabase,
  type PgQueryResultHKT,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { id, moment } from './columns'
import { anyJson, anyText } from './pg-text'

/*
 * The first four tables are the sign-in library's: names of properties are its fields (getAuthTables of better-auth/db).
 */

export const users = pgTable('users', {
  id: text('id').primaryKey(),
  name: anyText('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  role: text('role'),
  /** Disabled, in the console's words. */
  banned: boolean('banned').default(false),
  banReason: text('ban_reason'),
  banExpires: moment('ban_expires'),
  lastSignIn: moment('last_sign_in'),
})

/** An account, with which the row ends. */
export const userId = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    /** The absolute limit: it is never moved. */
    expiresAt: moment('expires_at').notNull(),
    token: text('token').notNull().unique(),
    createdAt: moment('created_at').notNull(),
    /** Last use, for the idle limit. */
    updatedAt: moment('updated_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: userId(),
    impersonatedBy: text('impersonated_by'),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

/** Ways to sign in: a password, or a subject of the identity provider. */
export const accounts = pgTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: userId(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('accounts_user').on(table.userId)],
)

/** One-time links (hashed) and sign-ins that are on their way to the identity provider. */
export const verifications = pgTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    /** Looked for as it was typed. */
    identifier: anyText('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
)

/** How often something was tried since a moment: by account, whether there is such an account or not, and by address. The key is a hash. */
export const throttles = pgTable('throttles', {
  key: text('key').primaryKey(),
  count: integer('count').notNull(),
  since: moment('since').notNull(),
})

/** Triggers in the migrations refuse to delete an entry or to change a closed one. */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    at: moment('at').notNull(),
    /** Until then an open entry may still be closed by who opened it; afterwards it was interrupted. */
    until: moment('until').notNull(),
    closedAt: moment('closed_at'),
    actorId: anyText('actor_id'),
    actorName: anyText('actor_name').notNull(),
    role: anyText('role'),
    connection: anyText('connection'),
    instance: anyText('instance'),
    operation: anyText('operation').notNull(),
    kind: anyText('kind'),
    objectId: anyText('object_id'),
    objectName: anyText('object_name'),
    before: anyJson('before'),
    after: anyJson('after'),
    outcome: text('outcome').notNull(),
    status: integer('status'),
    code: anyText('code'),
    requestId: anyText('request_id'),
    reason: anyText('reason'),
  },
  (table) => [
    index('audit_at').on(table.at),
    index('audit_actor').on(table.actorName),
    index('audit_object').on(table.connection, table.instance, table.kind, table.objectId),
  ],
)

/** Versions of a policy, oldest first by id. */
export const revisions = pgTable(
  'revisions',
  {
    id: id(),
    at: moment('at').notNull(),
    connection: anyText('connection').notNull(),
    instance: anyText('instance').notNull(),
    kind: anyText('kind').notNull(),
    objectId: anyText('object_id').notNull(),
    name: anyText('name').notNull(),
    hash: anyText('hash').notNull(),
    content: anyJson('content').notNull(),
    source: text('source').notNull(),
    auditId: bigint('audit_id', { mode: 'number' }).references(() => audit.id),
    deleted: boolean('deleted').notNull().default(false),
  },
  (table) => [index('revisions_object').on(table.connection, table.instance, table.kind, table.objectId, table.id)],
)

/**
 * How often SWR has refused a cloud key: more than five bad signatures in a row lock it for everybody. The key is a hash of
 * its public part, the fingerprint one of all of it, so that a change is noticed; neither gives the key away.
 */
export const keyRefusals = pgTable(
  'key_refusals',
  {
    key: text('key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    /** Refusals of this fingerprint that SWR counts as bad signatures. */
    spent: integer('spent').notNull(),
    /** Those of them after which SWR has accepted nothing by this key. */
    inRow: integer('in_row').notNull(),
    /** Steps on the ladder of waits. */
    step: integer('step').notNull(),
    retryAt: moment('retry_at').notNull(),
    /** An admin has said "try again": good for one request. */
    granted: boolean('granted').notNull().default(false),
    problem: anyJson('problem').notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.fingerprint] })],
)

/** Findings that an admin has accepted, with the reason; by an id that is made of what a finding is about. */
export const findingMutes = pgTable(
  'finding_mutes',
  {
    connection: text('connection').notNull(),
    instance: text('instance').notNull(),
    finding: text('finding').notNull(),
    reason: anyText('reason').notNull(),
    actorName: text('actor_name').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.connection, table.instance, table.finding] })],
)

export const leases = pgTable('leases', {
  key: anyText('key').primaryKey(),
  holder: text('holder').notNull(),
  until: moment('until').notNull(),
})

/** Either database, and a transaction of either. */
export type Db = PgDatabase<PgQueryResultHKT>
