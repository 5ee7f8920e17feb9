import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listEntries } from '../audit/search'
import { type Opened, openDb } from '../db/open'
import { latestRevision, saveRevision } from '../db/revisions'
import { log } from '../net/log'
import { TestBrowser, type TestUser, testIdentity, testPassword, testUser, toldProblem } from '../testing/accounts'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { createFirstAccounts } from './bootstrap'
import { demoAccounts } from './demo'
import type { Identity } from './identity'
import { type Link, passwordLink } from './links'
import { sessionOf } from './session'
import { inviteUser, listUsers, resetLink, setDisabled, setRole, showUser } from './users'

const tokenOf = ({ url }: Link) => new URL(url).hash.slice(1)
const password = 'a password of my own'

describe.each(databases())('accounts on $name', ({ open }) => {
  let opened: Opened
  let known: Identity
  let admin: TestUser
  beforeAll(async () => {
    log.level = 'silent'
    opened = await open()
    known = testIdentity(opened.db)
    admin = await testUser(known, 'admin')
  })
  afterAll(() => opened.close())
  const signedIn = async (email: string, word?: string) => {
    const browser = new TestBrowser(known)
    expect((await browser.signIn(email, word)).status).toBe(200)
    return browser
  }
  const isIn = (browser: TestBrowser) =>
    sessionOf(known, browser.headers()).then(
      () => true,
      () => false,
    )
  const use = (link: Link, newPassword = password) =>
    new TestBrowser(known).post('/reset-password', { token: tokenOf(link), newPassword })
  let made = 0
  const newcomer = () => ({ email: `New-${++made}@Example.com`, name: 'New', role: 'operator' as const })
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error) => error.problem?.code ?? error,
    )

  test('an invitation sets a password, once', async () => {
    const { user, link } = await inviteUser(known, newcomer())
    if (!link) throw new Error('no link')
    expect(user).toMatchObject({ email: `new-${made}@example.com`, role: 'operator', signsInBy: [], disabled: false })
    expect(link.url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/password#[\w-]{43}$/)
    expect(await toldProblem(await use(link, 'short'))).toBe('422 password_refused')
    expect((await use(link)).status).toBe(200)
    expect(await toldProblem(await use(link))).toBe('422 link_expired')
    expect(await isIn(await signedIn(user.email, password))).toBe(true)
    expect((await showUser(opened.db, user.id)).signsInBy).toEqual(['password'])
    const { entries } = await listEntries(opened.db, { person: user.email }, { offset: 0, limit: 9 })
    expect(entries.map(({ operation }) => operation)).toEqual(['signIn', 'setPassword'])
  })

  test('a link ends with its time, and with the next one; two uses at once are one', async () => {
    const { user, link } = await inviteUser(known, newcomer())
    if (!link) throw new Error('no link')
    const next = await resetLink(known, user.id)
    expect(await toldProblem(await use(link))).toBe('422 link_expired')
    const both = await Promise.all([use(next), use(next)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    const old = await passwordLink(known, user.id, 1, new Date(Date.now() - 3_601_000))
    expect(await toldProblem(await use(old))).toBe('422 link_expired')
    expect(await toldProblem(await use({ ...old, url: 'http://x/#made-up' }))).toBe('422 link_expired')
  })

  test('no link can be read out of the database', async () => {
    const { user, link } = await inviteUser(known, newcomer())
    if (!link) throw new Error('no link')
    const { verifications } = await import('../db/schema')
    const rows = (await opened.db.select().from(verifications)).filter(({ value }) => value === user.id)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(tokenOf(link))
  })

  test('a reset ends the sessions of the account when it is used', async () => {
    const { id, email } = await testUser(known, 'viewer')
    const browser = await signedIn(email)
    const link = await resetLink(known, id)
    expect(await isIn(browser)).toBe(true)
    expect((await use(link)).status).toBe(200)
    expect(await isIn(browser)).toBe(false)
    expect(await toldProblem(await new TestBrowser(known).signIn(email))).toBe('401 wrong_sign_in')
  })

  test('an e-mail is used once, however it is written', async () => {
    const { user } = await inviteUser(known, newcomer())
    const again = inviteUser(known, { ...newcomer(), email: ` ${user.email.toUpperCase()} ` })
    expect(await refusal(again)).toBe('email_taken')
    expect(await refusal(resetLink(known, 'nobody'))).toBe('unknown_account')
    expect(await refusal(setRole(known, 'nobody', 'admin'))).toBe('unknown_account')
  })

  test('disabling ends sessions and links at once; enabling lets in again', async () => {
    const { id, email } = await testUser(known, 'operator')
    const browser = await signedIn(email)
    const link = await resetLink(known, id)
    expect(await setDisabled(known, id, true)).toMatchObject({ disabled: true })
    expect(await isIn(browser)).toBe(false)
    expect(await toldProblem(await browser.signIn(email))).toBe('403 account_disabled')
    expect(await toldProblem(await use(link))).toBe('422 link_expired')
    expect(await setDisabled(known, id, false)).toMatchObject({ disabled: false })
    expect(await isIn(await signedIn(email))).toBe(true)
  })

  test('another role ends sessions at once and holds at the next sign-in', async () => {
    const { id, email } = await testUser(known, 'viewer')
    const browser = await signedIn(email)
    await setRole(known, id, 'viewer')
    expect(await isIn(browser)).toBe(true)
    expect(await setRole(known, id, 'operator')).toMatchObject({ role: 'operator' })
    expect(await isIn(browser)).toBe(false)
    expect((await sessionOf(known, (await signedIn(email)).headers())).actor.role).toBe('operator')
  })

  test('the last admin who can sign in stays, also when two are taken away at once', async () => {
    // Invited admins and disabled ones cannot help.
    await inviteUser(known, { ...newcomer(), role: 'admin' })
    const second = await testUser(known, 'admin')
    const both = await Promise.all([
      refusal(setRole(known, admin.id, 'viewer')),
      refusal(setDisabled(known, second.id, true)),
    ])
    expect(both.sort()).toEqual(['done', 'last_admin'])
    const left = (await listUsers(opened.db)).filter(
      ({ role, disabled, signsInBy }) => role === 'admin' && !disabled && signsInBy.length > 0,
    )
    expect(left).toHaveLength(1)
    expect(await refusal(setDisabled(known, left[0]?.id ?? '', true))).toBe('last_admin')
    expect(await refusal(setRole(known, left[0]?.id ?? '', 'operator'))).toBe('last_admin')
    expect(await refusal(setRole(known, left[0]?.id ?? '', 'admin'))).toBe('done')
  })
})

describe.each(databases())('the first start on $name', ({ open }) => {
  let opened: Opened
  let known: Identity
  beforeEach(async () => {
    opened = await open()
    known = testIdentity(opened.db)
    return () => opened.close()
  })
  const setUp = (token: string, email = 'first@example.com', word = testPassword) =>
    new TestBrowser(known).post('/set-up', { token, email, name: 'First', password: word })

  test('makes the admin that is configured, and only on an empty database', async () => {
    const firstAdmin = { email: 'boss@example.com', password: testPassword }
    const twice = [
      createFirstAccounts(known, { demo: false, firstAdmin }),
      createFirstAccounts(known, { demo: false, firstAdmin }),
    ]
    expect(await Promise.all(twice)).toEqual([null, null])
    expect(
      await createFirstAccounts(known, { demo: false, firstAdmin: { ...firstAdmin, email: 'b@example.com' } }),
    ).toBeNull()
    expect(await listUsers(opened.db)).toMatchObject([{ email: 'boss@example.com', role: 'admin' }])
    expect((await new TestBrowser(known).signIn(firstAdmin.email)).status).toBe(200)
  })

  test('otherwise gives a link, which makes one admin', async () => {
    const link = await createFirstAccounts(known, { demo: false })
    const other = await createFirstAccounts(known, { demo: false })
    if (!link || !other) throw new Error('no link')
    expect(link.url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/set-up#[\w-]{43}$/)
    expect(await toldProblem(await setUp('made-up'))).toBe('422 link_expired')
    expect(await toldProblem(await setUp(tokenOf(link), undefined, 'short'))).toBe('422 password_refused')
    const both = await Promise.all([setUp(tokenOf(link)), setUp(tokenOf(other), 'second@example.com')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(await toldProblem(await setUp(tokenOf(link), 'third@example.com'))).toBe('422 link_expired')
    expect(await listUsers(opened.db)).toMatchObject([{ role: 'admin', signsInBy: ['password'] }])
    expect(await createFirstAccounts(known, { demo: false })).toBeNull()
  })

  test('whoever guesses at the link does not hold up a console that starts, and is entered', async () => {
    await createFirstAccounts(known, { demo: false })
    await opened.db.execute(sql`insert into leases values ('set-up', 'another', now() + interval '1 hour')`)
    // PostgreSQL takes no NUL: it is no link like any other.
    for (const token of ['made-up', 'made\0up']) expect(await toldProblem(await setUp(token))).toBe('422 link_expired')
    const { entries } = await listEntries(opened.db, { operation: 'setUp' }, { offset: 0, limit: 5 })
    expect(entries.map(({ code }) => code)).toEqual(['link_expired', 'link_expired'])
  })

  test('the demo has an account of each role', async () => {
    expect(await createFirstAccounts(known, { demo: true })).toBeNull()
    expect((await listUsers(opened.db)).map(({ role }) => role).sort()).toEqual(['admin', 'operator', 'viewer'])
    const [demo] = demoAccounts
    expect((await new TestBrowser(known).signIn(demo?.email ?? '', demo?.password)).status).toBe(200)
  })

  test('without passwords there is nothing to set up', async () => {
    expect(await createFirstAccounts(testIdentity(opened.db, { passwordSignIn: false }), { demo: false })).toBeNull()
    expect(await listUsers(opened.db)).toEqual([])
  })
})

test.runIf(hasPostgres())('consoles on one PostgreSQL share accounts, sessions, log and revisions', async () => {
  const url = await newPostgres()
  const [one, other] = await Promise.all([openDb(url), openDb(url)])
  const [here, there] = [testIdentity(one.db), testIdentity(other.db)]
  const { id, email } = await testUser(here, 'viewer')
  const browser = new TestBrowser(here)
  await browser.signIn(email)
  expect((await sessionOf(there, browser.headers())).actor).toMatchObject({ id, role: 'viewer' })
  await setDisabled(there, id, true)
  await expect(sessionOf(here, browser.headers())).rejects.toMatchObject({ problem: { code: 'not_signed_in' } })
  expect((await listEntries(other.db, { person: email }, { offset: 0, limit: 9 })).total).toBe(1)
  const place = { connection: 'default', instance: 'i', kind: 'retention', objectId: '1' } as const
  await saveRevision(one.db, place, { name: 'n', hash: 'h', content: {} }, { source: 'console' })
  expect(await latestRevision(other.db, place)).toMatchObject({ hash: 'h' })
  await Promise.all([one.close(), other.close()])
})
