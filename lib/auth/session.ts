import 'server-only'
import { eq, lt, or } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../contract/actor'
import { backgroundHeader } from '../contract/headers'
import { ProblemError } from '../contract/problem'
import { roles } from '../contract/roles'
import { accountWritesOf, touchSession } from '../db/account-writes'
import { type Db, sessions } from '../db/schema'
import { globalSlot } from '../global-slot'
import type { Auth } from './auth'
import type { Identity } from './identity'

/** Without a request for so long, a session ends. */
export const idleMinutes = 120
const touchEverySeconds = 60

const refuse = (status: number, code: 'not_signed_in' | 'account_disabled' | 'role_missing') =>
  new ProblemError({ status, code })

type Found = Awaited<ReturnType<Auth['api']['getSession']>>

const maxRemembered = 1_000
/** What the sign-in library found for a request's cookies, and how many writes there had been when it was asked. */
const remembered = globalSlot(
  'sessions',
  () => new WeakMap<Auth, LRUCache<string, { readonly found: NonNullable<Found>; readonly count: number }>>(),
)

function rememberedOf(auth: Auth) {
  const memory = remembered().get(auth) ?? new LRUCache({ max: maxRemembered })
  remembered().set(auth, memory)
  return memory
}

/**
 * The session and account that the cookies name. Read each time where several processes share the database; where this is
 * the only one, again after every write that could change the answer.
 */
async function findSession({ auth, db }: Pick<Identity, 'auth' | 'db'>, headers: Headers): Promise<Found> {
  const read = () => auth.api.getSession({ headers, query: { disableRefresh: true } })
  const writes = accountWritesOf(db)
  const cookies = headers.get('cookie')
  if (!writes || !cookies) return await read()
  const memory = rememberedOf(auth)
  const last = memory.get(cookies)
  const { count } = writes
  if (last?.count === count) return last.found
  const found = await read()
  if (found) memory.set(cookies, { found, count })
  return found
}

/** Who the cookie belongs to, and by which session. A change of role or state of the account holds from the next request on. */
export async function sessionOf(
  known: Pick<Identity, 'auth' | 'db'>,
  headers: Headers,
  now = new Date(),
): Promise<{ actor: Actor; token: string }> {
  const { db } = known
  const found = await findSession(known, headers)
  if (!found) throw refuse(401, 'not_signed_in')
  const { session, user } = found
  const idle = now.getTime() - session.updatedAt.getTime()
  if (idle > idleMinutes * 60_000 || session.expiresAt <= now) {
    await db.delete(sessions).where(eq(sessions.id, session.id))
    throw refuse(401, 'not_signed_in')
  }
  if (user.banned) throw refuse(403, 'account_disabled')
  const role = roles.find((known) => known === user.role)
  if (!role) throw refuse(403, 'role_missing')
  // Not at every request: the limit is in hours, and most requests only read. A page that asks by itself is nobody's use.
  if (idle > touchEverySeconds * 1000 && !headers.has(backgroundHeader)) {
    await touchSession(db, session.id, now)
    // Also under other cookies beside the same session's: it would seem idle by them.
    const memory = rememberedOf(known.auth)
    for (const [cookies, { found }] of memory) if (found.session.id === session.id) memory.delete(cookies)
  }
  return { actor: { id: user.id, name: user.name, email: user.email, role }, token: session.token }
}

/** Sessions whose cookie never came back after their end. */
export async function sweepSessions(db: Db, now = new Date()) {
  const idle = new Date(now.getTime() - idleMinutes * 60_000)
  await db.delete(sessions).where(or(lt(sessions.expiresAt, now), lt(sessions.updatedAt, idle)))
}
