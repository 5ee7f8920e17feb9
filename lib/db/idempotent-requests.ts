import 'server-only'
import { and, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { idempotentRequests } from './api-tables'
import type { Db } from './schema'

/** A key of one actor, and a hash of all that was asked under it. */
export interface IdempotentRequest {
  readonly actor: string
  readonly key: string
  readonly request: string
}

/**
 * `begun`: it is the caller's to carry out. `answered`: it was before. `running`: the first one is at it. `unknown`: the first
 * one never came to its end, since its console died. `reused`: the key belongs to another request.
 */
export type Begun =
  | { readonly state: 'begun' | 'running' | 'unknown' | 'reused' }
  | { readonly state: 'answered'; readonly status: number; readonly answer: unknown }

const keptHours = 24
/** Longer than any request takes: what has no answer by then never gets one. */
const longestSeconds = 600

// The database's clock: consoles on several machines share it.
const olderThan = (seconds: number): SQL =>
  lt(idempotentRequests.at, sql`now() - make_interval(secs => ${seconds})`) ?? sql`false`
const isOver = olderThan(keptHours * 3600)
const at = ({ actor, key }: Pick<IdempotentRequest, 'actor' | 'key'>) =>
  and(eq(idempotentRequests.actor, actor), eq(idempotentRequests.key, key))

/**
 * Enters a request before it is carried out. One statement decides, so that of two at once only one begins. A row without an
 * answer stays when its console dies: nobody can know what became of it, and it is never carried out a second time.
 */
export async function beginRequest(db: Db, { actor, key, request }: IdempotentRequest): Promise<Begun> {
  await sweep(db)
  const fresh = { request, at: sql`now()`, status: null, answer: null }
  const begun = await db
    .insert(idempotentRequests)
    .values({ actor, key, ...fresh })
    .onConflictDoUpdate({
      target: [idempotentRequests.actor, idempotentRequests.key],
      set: fresh,
      // What is a day old counts no more.
      setWhere: isOver,
    })
    .returning({ key: idempotentRequests.key })
  if (begun.length > 0) return { state: 'begun' }
  const [row] = await db
    .select({
      request: idempotentRequests.request,
      status: idempotentRequests.status,
      answer: idempotentRequests.answer,
      isLost: sql<boolean>`${olderThan(longestSeconds)}`,
    })
    .from(idempotentRequests)
    .where(at({ actor, key }))
  // Released in between: whoever comes again may begin.
  if (!row) return { state: 'running' }
  if (row.request !== request) return { state: 'reused' }
  if (row.status !== null) return { state: 'answered', status: row.status, answer: row.answer }
  return { state: row.isLost ? 'unknown' : 'running' }
}

export async function finishRequest(
  db: Db,
  request: IdempotentRequest,
  { status, answer }: { readonly status: number; readonly answer: unknown },
): Promise<void> {
  await db
    .update(idempotentRequests)
    .set({ status, answer })
    .where(and(at(request), eq(idempotentRequests.request, request.request), isNull(idempotentRequests.status)))
}

/** Nothing was done: the same key may be used to try again. */
export async function releaseRequest(db: Db, request: IdempotentRequest): Promise<void> {
  await db
    .delete(idempotentRequests)
    .where(and(at(request), eq(idempotentRequests.request, request.request), isNull(idempotentRequests.status)))
}

/** A few at a time: each new one takes away more than it brings. */
const sweptAtOnce = 20

async function sweep(db: Db) {
  const { actor, key } = idempotentRequests
  const rows = await db.select({ actor, key }).from(idempotentRequests).where(isOver).limit(sweptAtOnce)
  if (rows.length > 0) await db.delete(idempotentRequests).where(and(isOver, or(...rows.map(at))))
}
