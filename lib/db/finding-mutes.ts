import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { InstanceLocation } from '../routes'
import { type Db, findingMutes } from './schema'

export interface Mute {
  readonly finding: string
  readonly reason: string
  readonly actorName: string
  readonly at: Date
}

const ofInstance = ({ connection, instance }: InstanceLocation) =>
  and(eq(findingMutes.connection, connection), eq(findingMutes.instance, instance))

/** What was accepted in an instance, by the id of the finding. */
export async function listMutes(db: Db, location: InstanceLocation): Promise<ReadonlyMap<string, Mute>> {
  const rows = await db.select().from(findingMutes).where(ofInstance(location))
  return new Map(rows.map(({ finding, reason, actorName, at }) => [finding, { finding, reason, actorName, at }]))
}

/** A second one replaces the first: the last reason counts. */
export async function addMute(db: Db, { connection, instance }: InstanceLocation, mute: Mute): Promise<void> {
  const { finding, ...set } = mute
  await db
    .insert(findingMutes)
    .values({ connection, instance, finding, ...set })
    .onConflictDoUpdate({ target: [findingMutes.connection, findingMutes.instance, findingMutes.finding], set })
}

export async function removeMute(db: Db, location: InstanceLocation, finding: string): Promise<void> {
  await db.delete(findingMutes).where(and(ofInstance(location), eq(findingMutes.finding, finding)))
}
