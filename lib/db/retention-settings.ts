import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { defaultRetentionLimits, type RetentionLimits, retentionLimits } from '../contract/console/retention-settings'
import { retentionSettings } from './retention-tables'
import type { Db } from './schema'

export interface LimitsState {
  readonly limits: RetentionLimits
  readonly changed: { readonly name: string; readonly at: Date } | null
}

const ofInstance = (connection: string, instance: string) =>
  and(eq(retentionSettings.connection, connection), eq(retentionSettings.instance, instance))

/** What guards deletion in an instance, and who has set it; the usual limits where nobody has. */
export async function limitsState(db: Db, connection: string, instance: string): Promise<LimitsState> {
  const [row] = await db.select().from(retentionSettings).where(ofInstance(connection, instance))
  if (!row) return { limits: defaultRetentionLimits, changed: null }
  // Only this file writes it; a limit that a later version has added takes its usual value.
  const limits = retentionLimits.parse({ ...defaultRetentionLimits, ...(row.limits as object) })
  return { limits, changed: { name: row.actorName, at: row.at } }
}

export const limitsOf = async (db: Db, connection: string, instance: string): Promise<RetentionLimits> =>
  (await limitsState(db, connection, instance)).limits

export async function saveLimits(
  db: Db,
  { connection, instance, actorName }: { connection: string; instance: string; actorName: string },
  limits: RetentionLimits,
): Promise<void> {
  const said = { limits, actorName, at: sql`now()` }
  await db
    .insert(retentionSettings)
    .values({ connection, instance, ...said })
    .onConflictDoUpdate({ target: [retentionSettings.connection, retentionSettings.instance], set: said })
}
