import 'server-only'
import { and, asc, count, desc, eq, getTableColumns, gt, inArray, lte, sql } from 'drizzle-orm'
import type { RevisionSource } from '../contract/console/schemas'
import type { ObjectKind, PolicyKind } from '../contract/vocabulary'
import { temporaryPolicyPattern } from '../contract/vocabulary'
import { audit, type Db, leases, revisions } from './schema'

/** A policy's place. */
export interface ResourceKey {
  readonly connection: string
  readonly instance: string
  readonly kind: PolicyKind
  readonly objectId: string
}

/** A policy as SWR answered it, without secrets. */
export interface Version {
  readonly name: string
  readonly hash: string
  readonly content: unknown
}

export type Revision = typeof revisions.$inferSelect

/** The key under which writes to this object take turns (`withLease`). */
export const leaseKey = ({
  connection,
  instance,
  kind,
  objectId,
}: Omit<ResourceKey, 'kind'> & { readonly kind: ObjectKind }) => [connection, instance, kind, objectId].join('/')

/** The same for one that is being made and has no id yet: no id is written like this. */
export const creationLeaseKey = (shelf: Omit<Parameters<typeof leaseKey>[0], 'objectId'>, name: string) =>
  leaseKey({ ...shelf, objectId: `name=${name}` })

/** All objects of a kind in an instance. */
export type ResourceScope = Omit<ResourceKey, 'objectId'>

const onShelf = ({ connection, instance, kind }: ResourceScope) =>
  and(eq(revisions.connection, connection), eq(revisions.instance, instance), eq(revisions.kind, kind))
const at = (place: ResourceKey) => and(onShelf(place), eq(revisions.objectId, place.objectId))

export async function latestRevision(db: Db, place: ResourceKey): Promise<Revision | undefined> {
  const [row] = await db.select().from(revisions).where(at(place)).orderBy(desc(revisions.id)).limit(1)
  return row
}

/** The newest that was there at a time. */
export async function revisionAt(db: Db, place: ResourceKey, time: Date): Promise<Revision | undefined> {
  const [row] = await db
    .select()
    .from(revisions)
    .where(and(at(place), lte(revisions.at, time)))
    .orderBy(desc(revisions.id))
    .limit(1)
  return row
}

/** Two that look at the same object at once must not both enter the same change. */
async function oneAtATime<Result>(db: Db, place: ResourceKey, work: (db: Db) => Promise<Result>): Promise<Result> {
  return await db.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${leaseKey(place)}, 0))`)
    return await work(transaction)
  })
}

/**
 * What the console itself wrote, found before writing, or deleted: entered when it differs from the newest version.
 * Answers the newest.
 */
export function saveRevision(
  db: Db,
  place: ResourceKey,
  version: Version,
  more: { source: RevisionSource; auditId?: number; deleted?: boolean; at?: Date },
): Promise<Revision | undefined> {
  return oneAtATime(db, place, async (inside) => {
    const latest = await latestRevision(inside, place)
    const deleted = more.deleted ?? false
    if (latest && latest.hash === version.hash && latest.deleted === deleted) return latest
    const row = { ...place, ...version, ...more, deleted, at: more.at ?? new Date() }
    const [made] = await inside.insert(revisions).values(row).returning()
    return made
  })
}

interface Looked {
  /** The moment before the read was sent. */
  readonly asked: Date
  readonly at?: Date
}

/** A write of the console's is under way, or ended after the read was sent: the read says nothing about others then. */
async function isOurs(db: Db, keys: string[], latest: Revision | undefined, { asked }: Looked): Promise<boolean> {
  if (latest && latest.at >= asked) return true
  const busy = await db
    .select({ key: leases.key })
    .from(leases)
    .where(and(inArray(leases.key, keys), gt(leases.until, sql`now()`)))
  return busy.length > 0
}

/**
 * What a read has shown. A difference from the newest version came from outside. `first` enters an object that was never
 * seen.
 */
export function saveIfChanged(
  db: Db,
  place: ResourceKey,
  version: Version,
  { first, ...looked }: Looked & { first: boolean },
): Promise<Revision | undefined> {
  return oneAtATime(db, place, async (inside) => {
    const latest = await latestRevision(inside, place)
    if (latest ? latest.hash === version.hash && !latest.deleted : !first) return latest
    const keys = [leaseKey(place), creationLeaseKey(place, version.name)]
    if (await isOurs(inside, keys, latest, looked)) return latest
    const row = { ...place, ...version, source: latest ? 'outside' : 'seen', at: looked.at ?? new Date() }
    const [made] = await inside.insert(revisions).values(row).returning()
    return made
  })
}

/** A read has found nothing where there was something: deleted outside of the console. */
export function markDeleted(db: Db, place: ResourceKey, looked: Looked): Promise<Revision | undefined> {
  return oneAtATime(db, place, async (inside) => {
    const latest = await latestRevision(inside, place)
    if (!latest || latest.deleted || (await isOurs(inside, [leaseKey(place)], latest, looked))) return latest
    const { name, hash, content } = latest
    const row = { ...place, name, hash, content, source: 'outside', deleted: true, at: looked.at ?? new Date() }
    const [made] = await inside.insert(revisions).values(row).returning()
    return made
  })
}

/**
 * The newest hash of each of these objects, or of all, that has one: what a list is compared with. Of a deleted one it is
 * empty.
 */
export async function latestHashes(
  db: Db,
  shelf: ResourceScope,
  objectIds?: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectDistinctOn([revisions.objectId], {
      objectId: revisions.objectId,
      hash: revisions.hash,
      deleted: revisions.deleted,
    })
    .from(revisions)
    .where(and(onShelf(shelf), objectIds && inArray(revisions.objectId, [...objectIds])))
    .orderBy(asc(revisions.objectId), desc(revisions.id))
  return new Map(rows.map(({ objectId, hash, deleted }) => [objectId, deleted ? '' : hash]))
}

/** With who made it and why, when the console did. */
const told = { ...getTableColumns(revisions), actorName: audit.actorName, reason: audit.reason }
export type RevisionWithAudit = Revision & { readonly actorName: string | null; readonly reason: string | null }

/** Newest first. */
export async function listRevisions(db: Db, place: ResourceKey, { offset, limit }: { offset: number; limit: number }) {
  const entries = await db
    .select(told)
    .from(revisions)
    .leftJoin(audit, eq(audit.id, revisions.auditId))
    .where(at(place))
    .orderBy(desc(revisions.id))
    .limit(limit)
    .offset(offset)
  const [counted] = await db.select({ total: count() }).from(revisions).where(at(place))
  return { total: counted?.total ?? 0, entries }
}

/** A version of this object only: its number alone would lead to any other. */
export async function findRevision(db: Db, place: ResourceKey, id: number): Promise<Revision | undefined> {
  const [row] = await db
    .select()
    .from(revisions)
    .where(and(at(place), eq(revisions.id, id)))
  return row
}

/** Newest versions of objects that are gone: what can be made again. */
export async function deletedObjects(db: Db, shelf: ResourceScope): Promise<RevisionWithAudit[]> {
  const rows = await db
    .selectDistinctOn([revisions.objectId], told)
    .from(revisions)
    .leftJoin(audit, eq(audit.id, revisions.auditId))
    // Nobody wants those back that the console makes and removes by itself.
    .where(and(onShelf(shelf), sql`${revisions.name} !~ ${temporaryPolicyPattern.source}`))
    .orderBy(asc(revisions.objectId), desc(revisions.id))
  return rows.filter(({ deleted }) => deleted)
}
