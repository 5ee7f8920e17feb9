import 'server-only'
import { eq } from 'drizzle-orm'
import type { Role } from '../contract/roles'
import { roles } from '../contract/roles'
import { type Db, users } from '../db/schema'
import { globalSlot } from '../global-slot'

/**
 * What role somebody has now at a connection; null when they are gone, disabled, or have no business there. `name` is what
 * follows the slash of their id.
 */
type RoleByName = (name: string, connection: string) => Role | null | Promise<Role | null>

const sources = globalSlot('actor-roles', () => new Map<string, RoleByName>())

/** Says who is asked for actors that are no users, such as `token` for `token/NAME`. */
export const registerActorRole = (prefix: string, roleByName: RoleByName): void =>
  void sources().set(prefix, roleByName)

async function roleOfUser(db: Db, id: string): Promise<Role | null> {
  const [user] = await db.select({ role: users.role, banned: users.banned }).from(users).where(eq(users.id, id))
  return user && !user.banned ? (roles.find((role) => role === user.role) ?? null) : null
}

/** The role that an actor has now at a connection. Ids of users hold no slash. */
export async function currentRole(db: Db, actorId: string, connection: string): Promise<Role | null> {
  const slash = actorId.indexOf('/')
  if (slash < 0) return await roleOfUser(db, actorId)
  return (await sources().get(actorId.slice(0, slash))?.(actorId.slice(slash + 1), connection)) ?? null
}
