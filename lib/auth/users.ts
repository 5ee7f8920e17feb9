import 'server-only'
import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { ProblemError } from '../contract/problem'
import { type Role, roles } from '../contract/roles'
import { accounts, type Db, sessions, users } from '../db/schema'
import { ssoProvider } from './auth'
import { changeAccount } from './change-account'
import type { Identity } from './identity'
import { inviteHours, type Link, passwordLink, resetHours, revokeLinks } from './links'
import { liftThrottle } from './throttle'

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  /** Null for somebody whom the identity provider knows and who has no role here. */
  readonly role: Role | null
  readonly disabled: boolean
  /** None: invited, and not come yet. With `sso` the role is the identity provider's to give. */
  readonly signsInBy: readonly ('password' | 'sso')[]
  readonly createdAt: Date
  /** Null for somebody who never has, and for who has not since the console keeps it. */
  readonly lastSignIn: Date | null
}

const unknown = () => new ProblemError({ status: 404, code: 'unknown_account' })

type Row = typeof users.$inferSelect

const userOf = ({ id, email, name, role, banned, createdAt, lastSignIn }: Row, providers: readonly string[]): User => ({
  id,
  email,
  name,
  role: roles.find((known) => known === role) ?? null,
  disabled: banned ?? false,
  signsInBy: [
    ...(providers.includes('credential') ? (['password'] as const) : []),
    ...(providers.includes(ssoProvider) ? (['sso'] as const) : []),
  ],
  createdAt,
  lastSignIn,
})

/** All of them, by e-mail: a console has tens of users. */
export async function listUsers(db: Db): Promise<User[]> {
  const rows = await db.select().from(users).orderBy(asc(users.email))
  const ways = await db.select({ userId: accounts.userId, providerId: accounts.providerId }).from(accounts)
  return rows.map((row) =>
    userOf(
      row,
      ways.filter(({ userId }) => userId === row.id).map(({ providerId }) => providerId),
    ),
  )
}

export async function showUser(db: Db, id: string): Promise<User> {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  if (!row) throw unknown()
  const ways = await db.select({ providerId: accounts.providerId }).from(accounts).where(eq(accounts.userId, id))
  return userOf(
    row,
    ways.map(({ providerId }) => providerId),
  )
}

export interface NewUser {
  readonly email: string
  readonly name: string
  readonly role: Role
}

/** The id of whoever signs in by this e-mail. */
export async function findUser(db: Db, email: string): Promise<string | undefined> {
  const [row] = await db.select({ id: users.id }).from(users).where(eq(users.email, email.trim().toLowerCase()))
  return row?.id
}

/** The library hashes; without a password the account waits for its link. */
export async function createUser({ auth, db }: Identity, { email, name, role }: NewUser, password?: string) {
  const context = await auth.$context
  const hash = password === undefined ? undefined : await context.password.hash(password)
  const [id, now] = [randomUUID(), new Date()]
  const dates = { createdAt: now, updatedAt: now }
  // Whoever made the account vouches for the address: single sign-on may be linked to it.
  const row = { id, email: email.trim().toLowerCase(), name: name.trim(), role, emailVerified: true, ...dates }
  await db.transaction(async (inside) => {
    const made = await inside.insert(users).values(row).onConflictDoNothing().returning({ id: users.id })
    if (made.length === 0) throw new ProblemError({ status: 409, code: 'email_taken' })
    if (hash === undefined) return
    const account = { id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password: hash, ...dates }
    await inside.insert(accounts).values(account)
  })
  return id
}

/** The link is for the admin to hand over. None where passwords are switched off: single sign-on finds the account. */
export async function inviteUser(identity: Identity, user: NewUser): Promise<{ user: User; link: Link | null }> {
  const id = await createUser(identity, user)
  const link = identity.settings.passwordSignIn ? await passwordLink(identity, id, inviteHours) : null
  return { user: await showUser(identity.db, id), link }
}

/** The present password works until the link is used; then every session of the account ends. Who asks vouches for its owner. */
export async function resetLink(identity: Identity, id: string): Promise<Link> {
  await liftThrottle(identity.db, (await showUser(identity.db, id)).email)
  return await passwordLink(identity, id, resetHours)
}

export async function setRole({ db }: Pick<Identity, 'db'>, id: string, role: Role): Promise<User> {
  await changeAccount(db, id, { role })
  return await showUser(db, id)
}

export async function setDisabled({ db }: Pick<Identity, 'db'>, id: string, disabled: boolean): Promise<User> {
  await changeAccount(db, id, { banned: disabled })
  if (disabled) await revokeLinks({ db }, id)
  return await showUser(db, id)
}

export const noteSignIn = async (db: Db, id: string) =>
  void (await db.update(users).set({ lastSignIn: new Date() }).where(eq(users.id, id)))

/** Everywhere, at once. */
export async function endSessions({ db }: Pick<Identity, 'db'>, id: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, id))
}

export async function hasUsers(db: Db): Promise<boolean> {
  return (await db.select({ id: users.id }).from(users).limit(1)).length > 0
}
