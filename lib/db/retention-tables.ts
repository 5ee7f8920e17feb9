import 'server-only'
import { bigint, boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { jobs } from './job-tables'
import { anyJson, anyText } from './pg-text'

/** One image in a dry run or a real run of a retention policy, with its copy in the archive. */
export const retentionImages = pgTable(
  'retention_images',
  {
    job: bigint('job', { mode: 'number' })
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    index: integer('index').notNull(),
    /** In full. */
    repository: text('repository').notNull(),
    digest: text('digest').notNull(),
    tags: anyJson('tags').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    pushed: moment('pushed'),
    pulled: moment('pulled'),
    /** SWR's verdict, the console's own, and the rule of the latter. */
    swr: text('swr').notNull(),
    ours: text('ours').notNull(),
    rule: integer('rule'),
    because: text('because'),
    /** The immutable tag rule that spares it, by its id. */
    immutable: bigint('immutable', { mode: 'number' }),
    differs: boolean('differs').notNull(),
    inUse: anyJson('in_use').notNull(),
    copy: text('copy').notNull().default('none'),
    copyText: anyText('copy_text').notNull().default(''),
    copiedAt: moment('copied_at'),
    /** Where it stands in the archive, in full; empty until it was copied. */
    place: text('place').notNull().default(''),
    restore: text('restore').notNull().default('none'),
    restoreText: anyText('restore_text').notNull().default(''),
    version: bigint('version', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.job, table.index] }),
    index('retention_images_swr').on(table.job, table.swr),
    index('retention_images_copy').on(table.copy, table.copiedAt),
  ],
)

/** What guards deletion in an instance; where there is no row, the usual limits count. */
export const retentionSettings = pgTable(
  'retention_settings',
  {
    connection: text('connection').notNull(),
    instance: text('instance').notNull(),
    at: moment('at').notNull(),
    actorName: anyText('actor_name').notNull(),
    limits: anyJson('limits').notNull(),
  },
  (table) => [primaryKey({ columns: [table.connection, table.instance] })],
)

/** A cluster whose images must not be deleted. */
export const inUseClusters = pgTable('in_use_clusters', {
  cluster: text('cluster').primaryKey(),
  at: moment('at').notNull(),
  expires: moment('expires').notNull(),
  actorName: anyText('actor_name').notNull(),
  images: integer('images').notNull(),
})

/** An image that runs in a cluster. */
export const inUseImages = pgTable(
  'in_use_images',
  {
    cluster: text('cluster')
      .notNull()
      .references(() => inUseClusters.cluster, { onDelete: 'cascade' }),
    /** Host of the registry, empty where the reference names none. */
    host: text('host').notNull(),
    repository: text('repository').notNull(),
    /** Empty where only a digest is named, and the other way round. */
    tag: text('tag').notNull(),
    digest: text('digest').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cluster, table.host, table.repository, table.tag, table.digest] }),
    index('in_use_images_repository').on(table.repository),
  ],
)
