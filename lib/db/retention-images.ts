import 'server-only'
import { setImmediate as others } from 'node:timers/promises'
import { and, asc, count, eq, inArray, not, or, type SQL, sql } from 'drizzle-orm'
import type {
  CopyState,
  Decision,
  DecisionReason,
  RestoreState,
  SwrAction,
} from '../contract/console/retention-vocabulary'
import { toPgJson } from './pg-text'
import { type ImageNarrowing, imagesIn } from './retention-image-narrowing'
import { retentionImages } from './retention-tables'
import type { Db } from './schema'

type Row = typeof retentionImages.$inferSelect

/** One image of a dry run or a real one. */
export interface RetentionImageRow
  extends Omit<Row, 'tags' | 'inUse' | 'swr' | 'ours' | 'because' | 'copy' | 'restore'> {
  readonly tags: readonly string[]
  readonly inUse: readonly string[]
  readonly swr: SwrAction
  readonly ours: Decision
  readonly because: DecisionReason | null
  readonly copy: CopyState
  readonly restore: RestoreState
}

// Only this file writes these columns.
const told = (row: Row): RetentionImageRow => ({
  ...row,
  tags: row.tags as string[],
  inUse: row.inUse as string[],
  swr: row.swr as SwrAction,
  ours: row.ours as Decision,
  because: row.because as DecisionReason | null,
  copy: row.copy as CopyState,
  restore: row.restore as RestoreState,
})

export interface NewImage
  extends Pick<
    RetentionImageRow,
    | 'repository'
    | 'digest'
    | 'tags'
    | 'size'
    | 'pushed'
    | 'pulled'
    | 'swr'
    | 'ours'
    | 'rule'
    | 'because'
    | 'immutable'
    | 'differs'
  > {
  readonly index: number
  readonly inUse: readonly string[]
  readonly copy?: CopyState
  readonly copyText?: string
}

/** Of one statement: a large run takes several, so that others are served in between. */
const rowsAtOnce = 500

/** Enters images of a run, in one statement for some hundred: one parameter instead of thousands. */
export async function insertImages(db: Db, job: number, version: number, images: readonly NewImage[]): Promise<void> {
  for (let from = 0; from < images.length; from += rowsAtOnce) {
    // PGlite answers without ever letting others in.
    await others()
    const rows = images.slice(from, from + rowsAtOnce).map(({ inUse, copyText = '', copy = 'none', ...image }) => ({
      ...image,
      in_use: inUse,
      copy,
      copy_text: copyText,
    }))
    await db.execute(sql`
      insert into ${retentionImages} (job, index, repository, digest, tags, size, pushed, pulled, swr, ours, rule, because,
        immutable, differs, in_use, copy, copy_text, version)
      select ${job}, index, repository, digest, tags, size, pushed, pulled, swr, ours, rule, because, immutable,
        differs, in_use, copy, copy_text, ${version}
      from jsonb_to_recordset(${toPgJson(rows)}::jsonb) as row(
        index integer, repository text, digest text, tags jsonb, size bigint, pushed timestamptz, pulled timestamptz,
        swr text, ours text, rule integer, because text, immutable bigint, differs boolean, in_use jsonb, copy text,
        copy_text text)`)
  }
}

/** One page of a run's images, in its order. */
export async function listImages(
  db: Db,
  job: number,
  { offset, limit, ...view }: ImageNarrowing & { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: RetentionImageRow[]; readonly total: number }> {
  const wanted = imagesIn(job, view)
  const rows = await db
    .select()
    .from(retentionImages)
    .where(wanted)
    .orderBy(asc(retentionImages.index))
    .limit(limit)
    .offset(offset)
  const [total] = await db.select({ count: count() }).from(retentionImages).where(wanted)
  return { rows: rows.map(told), total: total?.count ?? 0 }
}

/** One parameter: a statement takes no more than some ten thousand. */
export const isAmong = (indexes: readonly number[]): SQL =>
  sql`${retentionImages.index} in (select value::integer from jsonb_array_elements_text(${toPgJson([...indexes])}::jsonb))`

const mayGo = or(
  not(inArray(retentionImages.swr, ['keep', 'immutable'])),
  inArray(retentionImages.ours, ['delete', 'unsure']),
)

/** Images of a run in its order; only some, where `where` says which. */
export async function imagesOf(
  db: Db,
  job: number,
  where: {
    readonly swr?: readonly SwrAction[]
    readonly copy?: readonly CopyState[]
    readonly restore?: readonly RestoreState[]
    readonly indexes?: readonly number[]
    /** Only what SWR does not keep, or the console does not keep for sure. */
    readonly mayGo?: boolean
  } = {},
): Promise<RetentionImageRow[]> {
  if (where.indexes?.length === 0) return []
  const rows = await db
    .select()
    .from(retentionImages)
    .where(
      and(
        eq(retentionImages.job, job),
        where.mayGo ? mayGo : undefined,
        where.swr && inArray(retentionImages.swr, [...where.swr]),
        where.copy && inArray(retentionImages.copy, [...where.copy]),
        where.restore && inArray(retentionImages.restore, [...where.restore]),
        where.indexes && isAmong(where.indexes),
      ),
    )
    .orderBy(asc(retentionImages.index))
  return rows.map(told)
}

interface ImageChange {
  readonly index: number
  readonly tags?: readonly string[]
  readonly swr?: SwrAction
  readonly ours?: Decision
  readonly rule?: number | null
  readonly because?: DecisionReason | null
  readonly immutable?: number | null
  readonly differs?: boolean
  readonly inUse?: readonly string[]
  readonly copy?: CopyState
  readonly copyText?: string
  readonly place?: string
  readonly restore?: RestoreState
  readonly restoreText?: string
}

/** Changes images of a run, each in its own way; the time of a copy is set with its state. */
export async function changeImages(
  db: Db,
  job: number,
  version: number,
  changes: readonly ImageChange[],
): Promise<void> {
  for (let from = 0; from < changes.length; from += rowsAtOnce) {
    await others()
    const rows = changes.slice(from, from + rowsAtOnce).map(({ inUse, copyText, restoreText, ...change }) => ({
      ...change,
      in_use: inUse,
      copy_text: copyText,
      restore_text: restoreText,
    }))
    await db.execute(sql`
      update ${retentionImages} as image set
        tags = coalesce(row.tags, image.tags), swr = coalesce(row.swr, image.swr), ours = coalesce(row.ours, image.ours),
        rule = case when row.ours is null then image.rule else row.rule end,
        because = case when row.ours is null then image.because else row.because end,
        immutable = case when row.ours is null then image.immutable else row.immutable end,
        differs = coalesce(row.differs, image.differs), in_use = coalesce(row.in_use, image.in_use),
        copy = coalesce(row.copy, image.copy), copy_text = coalesce(row.copy_text, image.copy_text),
        copied_at = case when row.copy in ('seen', 'unseen') then now() else image.copied_at end,
        place = coalesce(row.place, image.place), restore = coalesce(row.restore, image.restore),
        restore_text = coalesce(row.restore_text, image.restore_text), version = ${version}
      from jsonb_to_recordset(${toPgJson(rows)}::jsonb) as row(
        index integer, tags jsonb, swr text, ours text, rule integer, because text, immutable bigint, differs boolean,
        in_use jsonb, copy text, copy_text text, place text, restore text, restore_text text)
      where image.job = ${job} and image.index = row.index`)
  }
}

/** Removes all images of a run: what was entered before it broke off. */
export async function clearImages(db: Db, job: number): Promise<void> {
  await db.delete(retentionImages).where(eq(retentionImages.job, job))
}

/** Removes images that are not to be deleted any more; nothing was copied of them. */
export async function removeImages(db: Db, job: number, indexes: readonly number[]): Promise<void> {
  if (indexes.length === 0) return
  await db.delete(retentionImages).where(and(eq(retentionImages.job, job), isAmong(indexes)))
}
