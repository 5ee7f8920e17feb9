import 'server-only'
import { setImmediate as others } from 'node:timers/promises'
import { asc, eq, sql } from 'drizzle-orm'
import { defaultRetentionLimits, retentionLimits } from '../contract/console/retention-settings'
import { inUseClusters, inUseImages, retentionSettings } from './retention-tables'
import type { Db } from './schema'

export type InUseCluster = typeof inUseClusters.$inferSelect
export type InUseImage = Omit<typeof inUseImages.$inferSelect, 'cluster'>

/** Of one statement: a large list takes several, so that others are served in between. */
const rowsAtOnce = 500

// The database's clock: consoles on several machines share it.
const until = (hours: number) => sql`now() + make_interval(secs => ${hours * 3600})`

/** Puts a new list in the place of a cluster's former one, all of it or nothing. */
export const replaceCluster = (
  db: Db,
  { cluster, actorName, hours }: Pick<InUseCluster, 'cluster' | 'actorName'> & { readonly hours: number },
  images: readonly InUseImage[],
): Promise<InUseCluster> =>
  db.transaction(async (inside) => {
    const set = { at: sql`now()`, expires: until(hours), actorName, images: images.length }
    // Two lists of one cluster at the same time: the second waits here for the first.
    const [row] = await inside
      .insert(inUseClusters)
      .values({ cluster, ...set })
      .onConflictDoUpdate({ target: inUseClusters.cluster, set })
      .returning()
    if (!row) throw new TypeError('the row of a cluster was not answered')
    await inside.delete(inUseImages).where(eq(inUseImages.cluster, cluster))
    for (let from = 0; from < images.length; from += rowsAtOnce) {
      // PGlite answers without ever letting others in.
      await others()
      const rows = JSON.stringify(images.slice(from, from + rowsAtOnce))
      await inside.execute(sql`
        insert into ${inUseImages} (cluster, host, repository, tag, digest)
        select ${cluster}, host, repository, tag, digest
        from jsonb_to_recordset(${rows}::jsonb) as row(host text, repository text, tag text, digest text)`)
    }
    return row
  })

export const listClusters = (db: Db): Promise<InUseCluster[]> =>
  db.select().from(inUseClusters).orderBy(asc(inUseClusters.cluster))

/** Changes with every list of a cluster: what was worked out under another one is old. */
export async function inUseVersion(db: Db): Promise<string> {
  const [row] = await db
    .select({ version: sql<string>`concat(count(*), '/', sum(extract(epoch from ${inUseClusters.at})))` })
    .from(inUseClusters)
  return row?.version ?? ''
}

/** Names of clusters, and whether their list is no longer believed. */
export const clusterAges = (db: Db): Promise<{ readonly cluster: string; readonly isOld: boolean }[]> =>
  db
    .select({ cluster: inUseClusters.cluster, isOld: sql<boolean>`${inUseClusters.expires} <= now()` })
    .from(inUseClusters)
    .orderBy(asc(inUseClusters.cluster))

/** False when there was none. */
export async function removeCluster(db: Db, cluster: string): Promise<boolean> {
  const gone = await db
    .delete(inUseClusters)
    .where(eq(inUseClusters.cluster, cluster))
    .returning({ cluster: inUseClusters.cluster })
  return gone.length > 0
}

/** What runs under these names, in any cluster. */
export async function runningUnder(
  db: Db,
  repositories: readonly string[],
): Promise<(typeof inUseImages.$inferSelect)[]> {
  const rows: (typeof inUseImages.$inferSelect)[] = []
  for (let from = 0; from < repositories.length; from += rowsAtOnce) {
    await others()
    const names = JSON.stringify(repositories.slice(from, from + rowsAtOnce))
    const some = await db
      .select()
      .from(inUseImages)
      .where(sql`${inUseImages.repository} in (select jsonb_array_elements_text(${names}::jsonb))`)
    for (const row of some) rows.push(row)
  }
  return rows
}

/**
 * Hours for which a list is believed that says none itself. Clusters belong to no instance: where several have limits of their
 * own, the shortest counts.
 */
export async function usualInUseHours(db: Db): Promise<number> {
  const rows = await db.select({ limits: retentionSettings.limits }).from(retentionSettings)
  const hours = rows.flatMap(({ limits }) => retentionLimits.safeParse(limits).data?.inUseHours ?? [])
  return hours.length > 0 ? Math.min(...hours) : defaultRetentionLimits.inUseHours
}
