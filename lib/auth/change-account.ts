import 'server-only'
import { and, eq, exists, ne, sql } from 'drizzle-orm'
import { ProblemError } from '../contract/problem'
import type { Role } from '../contract/roles'
import { accounts, type Db, sessions, users } from '../db/schema'

/** Changes an account and ends its sessions; throws `last_admin` when no admin would be left who can sign in. */
export async function changeAccount(db: Db, id: string, to: { role?: Role; banned?: boolean }): Promise<void> {
  await db.transaction(async (inside) => {
    // Two admins that demote each other at once must not both succeed.
    await inside.execute(sql`select pg_advisory_xact_lock(hashtextextended('users', 0))`)
    const [was] = await inside.select().from(users).where(eq(users.id, id))
    if (!was) throw new ProblemError({ status: 404, code: 'unknown_account' })
    const wasAdmin = was.role === 'admin' && !was.banned
    const staysAdmin = (to.role ?? was.role) === 'admin' && !(to.banned ?? was.banned)
    if (wasAdmin && !staysAdmin && !(await hasOtherAdmin(inside, id)))
      throw new ProblemError({ status: 409, code: 'last_admin' })
    await inside
      .update(users)
      .set({ ...to, updatedAt: new Date() })
      .where(eq(users.id, id))
    if (to.banned === false || to.role === was.role) return
    await inside.delete(sessions).where(eq(sessions.userId, id))
  })
}

async function hasOtherAdmin(db: Db, id: string): Promise<boolean> {
  const canSignIn = exists(db.select({ id: accounts.id }).from(accounts).where(eq(accounts.userId, users.id)))
  const found = await db
    .select({ id: users.id })
    .from(users)
    .where(and(ne(users.id, id), eq(users.role, 'admin'), sql`${users.banned} is not true`, canSignIn))
    .limit(1)
  return found.length > 0
}
