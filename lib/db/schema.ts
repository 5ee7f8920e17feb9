import 'server-only'
import { sql } from 'drizzle-orm'
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
  timestamp,
} from 'drizzle-orm/pg-core'
import { anyJson, anyText } from './pg-text'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

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

const userId = () =>
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

/** Durable work of the console: what one process leaves unfinished another takes up (lib/jobs). */
export const jobs = pgTable(
  'jobs',
  {
    id: id(),
    kind: text('kind').notNull(),
    at: moment('at').notNull(),
    endedAt: moment('ended_at'),
    /** Who carries it out holds it until then, and longer while it goes on; afterwards it is anybody's. */
    until: moment('until').notNull(),
    holder: text('holder').notNull(),
    connection: text('connection').notNull(),
    instance: text('instance'),
    /** What it is about, such as the policy of a partial run. */
    subject: text('subject'),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    role: text('role').notNull(),
    reason: anyText('reason'),
    /** Steps or cells: a small job goes first. */
    size: integer('size').notNull(),
    /** No further step is taken until somebody says so. */
    paused: boolean('paused').notNull().default(false),
    /** Why no further step is taken at all, and by whom, or whose right is gone. */
    stopReason: text('stop_reason'),
    stopName: anyText('stop_name'),
    stoppedAt: moment('stopped_at'),
    /** Grows with each change that people can see. */
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    data: anyJson('data').notNull(),
  },
  (table) => [
    index('jobs_list').on(table.kind, table.connection, table.id),
    index('jobs_subject').on(table.kind, table.connection, table.instance, table.subject, table.id),
    index('jobs_unended').on(table.until).where(sql`${table.endedAt} is null`),
  ],
)

/** One tag for one target of a manual sync. */
export const syncCells = pgTable(
  'sync_cells',
  {
    job: bigint('job', { mode: 'number' })
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    index: integer('index').notNull(),
    repository: text('repository').notNull(),
    tag: text('tag').notNull(),
    target: integer('target').notNull(),
    digest: text('digest').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    overwrite: boolean('overwrite').notNull(),
    state: text('state').notNull(),
    reason: anyText('reason'),
    swr: anyJson('swr'),
    attempts: integer('attempts').notNull().default(0),
    /** Of its last change. */
    at: moment('at').notNull(),
    /** Since when it is looked for at the target. */
    reportedAt: moment('reported_at'),
    /** Version of the job with its last change. */
    version: bigint('version', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.job, table.index] }),
    index('sync_cells_state').on(table.job, table.state),
    index('sync_cells_version').on(table.job, table.version),
  ],
)

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
