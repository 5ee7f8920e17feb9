import 'server-only'
import { and, count, inArray, lt, lte, max, sql } from 'drizzle-orm'
import { audit, type Db, revisions } from '../db/schema'
import { entryChunks } from './search'

/** Entries that are removed in one transaction: on PostgreSQL, writers wait as long as it takes. */
const batchSize = 2_000

interface ExportFile {
  readonly write: (line: string) => Promise<void>
  /** Resolves when nothing that was written can get lost any more. */
  readonly sync: () => Promise<void>
}

/**
 * Removes what is older than a moment from the audit log, after every line of it was written out. Versions of policies stay;
 * they lose the link to their entry. Triggers refuse this to everybody else: they are switched off inside of each
 * transaction only, under a lock that keeps all others out. Answers how many entries are gone.
 */
export async function pruneAudit(db: Db, before: Date, { write, sync }: ExportFile): Promise<number> {
  const old = lt(audit.at, before)
  const [{ last, total } = { last: null, total: 0 }] = await db
    .select({ last: max(audit.id), total: count() })
    .from(audit)
    .where(old)
  if (last === null) return 0
  let written = 0
  for await (const entries of entryChunks(db, { to: before })) {
    for (const entry of entries) await write(`${JSON.stringify(entry)}\n`)
    written += entries.length
  }
  if (written < total)
    throw new Error(`${total} entries are that old, and ${written} could be exported: nothing was removed`)
  await sync()
  let removed = 0
  for (;;) {
    const gone = await removeSome(db, and(old, lte(audit.id, last)))
    if (gone === 0) return removed
    removed += gone
  }
}

const removeSome = (db: Db, wanted: ReturnType<typeof and>): Promise<number> =>
  db.transaction(async (inside) => {
    await inside.execute(sql`alter table ${audit} disable trigger audit_keep`)
    await inside.execute(sql`alter table ${revisions} disable trigger revisions_keep`)
    const some = inside.select({ id: audit.id }).from(audit).where(wanted).orderBy(audit.id).limit(batchSize)
    await inside.update(revisions).set({ auditId: null }).where(inArray(revisions.auditId, some))
    const gone = await inside.delete(audit).where(inArray(audit.id, some)).returning({ id: audit.id })
    await inside.execute(sql`alter table ${revisions} enable trigger revisions_keep`)
    await inside.execute(sql`alter table ${audit} enable trigger audit_keep`)
    return gone.length
  })
