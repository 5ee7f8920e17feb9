import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type APIRequestContext, type APIResponse, expect, type Page, request } from '@playwright/test'
import { demoAccounts } from '@/lib/auth/demo'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import type { Role } from '@/lib/contract/roles'
import { address } from './accounts'

/*
 * Who signs in to the consoles of the tests. One account for each role is signed in before the first test; what a test
 * does to an account, it does to one of its own.
 */

export interface Person {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly role: Role
}

/** The first console is told of this one; it invites the others. */
export const admin: Person = {
  email: 'ada@team.example',
  name: 'Ada Admin',
  password: 'correct horse battery staple',
  role: 'admin',
}

const others: readonly Person[] = [
  { email: 'olga@team.example', name: 'Olga Operator', password: 'a long walk in the rain', role: 'operator' },
  { email: 'vito@team.example', name: 'Vito Viewer', password: 'nothing but blue skies', role: 'viewer' },
]

/** A context of its own would bring the cookies of this test's person along, and signing in again ends their session. */
export const nobody = { cookies: [], origins: [] }

/** Where the cookies of a role are kept between tests: those of both consoles, which have different names. */
export const cookiesOf = (role: Role) => fileURLToPath(new URL(`results/accounts/${role}.json`, import.meta.url))

export const post = (context: APIRequestContext, path: string, data: object, origin: string = address.console) =>
  context.post(origin + path, { data, headers: { origin } })

async function answerOf<Answer>(response: APIResponse): Promise<Answer> {
  expect(response.status(), await response.text()).toBe(200)
  return (await response.json()) as Answer
}

export const signInBy = (context: APIRequestContext, { email, password }: Person, origin?: string) =>
  post(context, '/api/auth/sign-in/email', { email, password }, origin)

/** Somebody at an address of their own: the limits by address are for one visitor, and tests are many at once. */
export const visitor = () => ({
  'x-forwarded-for': `10.${Array.from({ length: 3 }, () => Math.floor(Math.random() * 256)).join('.')}`,
})

export interface Account extends Person {
  readonly id: string
}

/** Makes an account the way people do: an admin invites, the link sets the password. */
export async function invite(asAdmin: APIRequestContext, person: Person): Promise<Account> {
  const { email, name, role, password } = person
  const invited = await post(asAdmin, '/api/console/users', { email, name, role })
  const { user, link } = await answerOf<ConsoleOutput<'userInvite'>>(invited)
  const token = new URL(link?.url ?? '').hash.slice(1)
  const set = { data: { token, newPassword: password }, headers: { origin: address.console } }
  await answerOf(await asAdmin.post(`${address.console}/api/auth/reset-password`, set))
  return { ...person, id: user.id }
}

/** An account that no other test knows. */
export const stranger = (role: Role, name = 'Nora Newcomer'): Person => ({
  email: `${role}-${randomUUID().slice(0, 8)}@team.example`,
  name,
  password: `password of ${randomUUID()}`,
  role,
})

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Keeps the cookies of each role at both consoles. */
export async function signInEveryRole() {
  const asAdmin = await request.newContext()
  await answerOf(await signInBy(asAdmin, admin))
  for (const person of others) await invite(asAdmin, person)
  await asAdmin.dispose()
  for (const person of [admin, ...others]) {
    const context = await request.newContext()
    await answerOf(await signInBy(context, person))
    const demo = demoAccounts.find(({ role }) => role === person.role)
    if (demo) await answerOf(await signInBy(context, demo, address.refused))
    await context.storageState({ path: cookiesOf(person.role) })
    await context.dispose()
  }
}

/** Every session of the account ends, as when its time is over. */
export async function endSessions(asAdmin: APIRequestContext, { id }: Account) {
  const headers = { origin: address.console, 'content-type': 'application/json' }
  // The server may close a connection that was idle in the moment in which it is used again.
  const asked = asAdmin.post(`${address.console}/api/console/users/${id}/sign-out`, { headers, maxRetries: 2 })
  await answerOf(await asked)
}
