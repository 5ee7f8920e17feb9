import 'server-only'
import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, moment } from './columns'
import { anyJson, anyText } from './pg-text'

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
    /** Hash of the press that made it, where it says which one: the same press makes no second. */
    once: text('once'),
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
    uniqueIndex('jobs_once').on(table.once),
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
