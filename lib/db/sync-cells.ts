import 'server-only'
import { setImmediate as others } from 'node:timers/promises'
import { and, asc, count, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import type { SyncCell } from '../contract/console/sync'
import type { CellState } from '../contract/console/sync-vocabulary'
import { syncCells } from './job-tables'
import type { Db } from './schema'

type Row = typeof syncCells.$inferSelect

export interface SyncCellRow extends Omit<Row, 'state' | 'swr'> {
  readonly state: CellState
  readonly swr: SyncCell['swr']
}

// Only this file writes these columns.
const told = (row: Row): SyncCellRow => ({ ...row, state: row.state as CellState, swr: row.swr as SyncCell['swr'] })

export interface NewCell {
  readonly index: number
  readonly repository: string
  readonly tag: string
  readonly target: number
  readonly digest: string
  readonly size: number
  readonly overwrite: boolean
  readonly state: CellState
  readonly reason: string | null
}

/** Of one statement: a large job takes several, so that others are served in between. */
const rowsAtOnce = 500

/** Enters the cells of a new job, in one statement for some hundred: one parameter instead of thousands. */
export async function insertCells(db: Db, job: number, version: number, cells: readonly NewCell[]): Promise<void> {
  for (let from = 0; from < cells.length; from += rowsAtOnce) {
    // PGlite answers without ever letting others in.
    await others()
    const rows = JSON.stringify(cells.slice(from, from + rowsAtOnce))
    await db.execute(sql`
      insert into ${syncCells} (job, index, repository, tag, target, digest, size, overwrite, state, reason, at, version)
      select ${job}, index, repository, tag, target, digest, size, overwrite, state, reason, now(), ${version}
      from jsonb_to_recordset(${rows}::jsonb) as row(
        index integer, repository text, tag text, target integer, digest text, size bigint, overwrite boolean,
        state text, reason text)`)
  }
}

/** Cells of a job in its order; only those that have changed after a version, or are in some states. */
export async function listCells(
  db: Db,
  job: number,
  { since, states }: { readonly since?: number | undefined; readonly states?: readonly CellState[] | undefined } = {},
): Promise<SyncCellRow[]> {
  const rows = await db
    .select()
    .from(syncCells)
    .where(
      and(
        eq(syncCells.job, job),
        since === undefined ? undefined : gt(syncCells.version, since),
        states && inArray(syncCells.state, [...states]),
      ),
    )
    .orderBy(asc(syncCells.index))
  return rows.map(told)
}

/** How many cells of each job are in each state. */
export async function countCells(
  db: Db,
  jobs: readonly number[],
): Promise<Map<number, Partial<Record<CellState, number>>>> {
  const counts = new Map<number, Partial<Record<CellState, number>>>(jobs.map((job) => [job, {}]))
  if (jobs.length === 0) return counts
  const rows = await db
    .select({ job: syncCells.job, state: syncCells.state, count: count() })
    .from(syncCells)
    .where(inArray(syncCells.job, [...jobs]))
    .groupBy(syncCells.job, syncCells.state)
  for (const row of rows) Object.assign(counts.get(row.job) ?? {}, { [row.state]: row.count })
  return counts
}

export interface CellChange {
  readonly state?: CellState
  readonly reason?: string | null
  readonly swr?: SyncCell['swr']
  /** One more attempt. */
  readonly isSent?: boolean
  /** It is looked for at the target from now on; null: no more. */
  readonly reported?: 'now' | null
}

/**
 * Changes cells of a job that are in one of these states still; answers those that were. What another replica or a person
 * has changed meanwhile stays as it is.
 */
export async function changeCells(
  db: Db,
  job: number,
  cells: readonly number[] | 'all',
  from: readonly CellState[],
  version: number,
  { state, reason, swr, isSent, reported }: CellChange,
): Promise<number[]> {
  if (cells !== 'all' && cells.length === 0) return []
  const changed = await db
    .update(syncCells)
    .set({
      version,
      at: sql`now()`,
      ...(state && { state }),
      ...(reason !== undefined && { reason }),
      ...(swr !== undefined && { swr }),
      ...(isSent && { attempts: sql`${syncCells.attempts} + 1` }),
      ...(reported !== undefined && { reportedAt: reported === null ? null : sql`now()` }),
    })
    .where(
      and(
        eq(syncCells.job, job),
        cells === 'all' ? undefined : inArray(syncCells.index, [...cells]),
        inArray(syncCells.state, [...from]),
      ),
    )
    .returning({ index: syncCells.index })
  return changed.map(({ index }) => index)
}

/** Makes cells wait again, for the digest that their tag has now. Only those that are in one of these states still. */
export async function resendCells(
  db: Db,
  job: number,
  version: number,
  cells: readonly { readonly index: number; readonly digest: string; readonly size: number }[],
  from: readonly CellState[],
): Promise<void> {
  for (let at = 0; at < cells.length; at += rowsAtOnce) {
    const rows = JSON.stringify(cells.slice(at, at + rowsAtOnce))
    await db.execute(sql`
      update ${syncCells} set digest = row.digest, size = row.size, state = 'waiting', reason = null, swr = null,
        reported_at = null, at = now(), version = ${version}
      from jsonb_to_recordset(${rows}::jsonb) as row(index integer, digest text, size bigint)
      where job = ${job} and ${syncCells.index} = row.index
        and ${inArray(syncCells.state, [...from])}`)
  }
}

/** The time for which cells are looked for at their targets begins anew. */
export async function lookAgain(db: Db, job: number): Promise<void> {
  await db
    .update(syncCells)
    .set({ reportedAt: sql`now()` })
    .where(
      and(eq(syncCells.job, job), inArray(syncCells.state, ['reported', 'sending']), isNotNull(syncCells.reportedAt)),
    )
}
