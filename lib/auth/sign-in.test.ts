import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { maxEntriesPerMinute } from '../audit/anonymous'
import { listEntries } from '../audit/search'
import { backgroundHeader } from '../contract/headers'
import { ProblemError } from '../contract/problem'
import type { Opened } from '../db/open'
import { sessions } from '../db/schema'
import { log } from '../net/log'
import { TestBrowser, testIdentity, testPassword, testUser, toldProblem } from '../testing/accounts'
import { databases } from '../testing/database'
import { sessionHours } from './auth'
import type { Identity } from './identity'
import { idleMinutes, sessionOf } from './session'
import { countAttempt, forgetAttempts, liftThrottle, maxAttempts } from './throttle'
import { resetLink } from './users'

const minutes = (count: number) => count * 60_000
const code = async (work: Promise<unknown>) =>
  await work.then(
    () => 'signed in',
    (error) => (error instanceof ProblemError ? `${error.problem.status} ${error.problem.code}` : String(error)),
  )

describe.each(databases())('signing in on $name', ({ open }) => {
  let opened: Opened
  let known: Identity
  beforeAll(async () => {
    log.level = 'silent'
    opened = await open()
    known = testIdentity(opened.db)
  })
  afterAll(() => opened.close())
  const who = (browser: TestBrowser, now?: Date) => sessionOf(known, browser.headers(), now)
  const entries = async (person: string) =>
    (await listEntries(opened.db, { person }, { offset: 0, limit: 50 })).entries
      .map(({ operation, outcome, code }) => [operation, outcome, code].filter(Boolean).join(' '))
      .reverse()

  test('the right password gives a session of that account', async () => {
    const [user, browser] = [await testUser(known, 'operator'), new TestBrowser(known)]
    expect(await code(who(browser))).toBe('401 not_signed_in')
    const answer = await browser.signIn(user.email.toUpperCase())
    expect([answer.status, await answer.text()]).toEqual([200, '{}'])
    expect((await who(browser)).actor).toEqual({ id: user.id, email: user.email, name: 'operator', role: 'operator' })
    expect(await entries(user.email)).toEqual(['signIn done'])
  })

  test('a wrong password and an unknown account are told in the same words', async () => {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    const wrong = await browser.signIn(user.email, 'wrong horse battery')
    const unknown = await browser.signIn('nobody@example.com', 'wrong horse battery')
    expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()])
    expect(await toldProblem(await browser.signIn(user.email, 'x'.repeat(500)))).toBe('401 wrong_sign_in')
    expect(browser.cookies.size).toBe(0)
    expect(await entries(user.email)).toEqual(['signIn denied wrong_sign_in', 'signIn denied wrong_sign_in'])
  })

  test('a disabled account is told so, but only to who knows its password', async () => {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    await opened.db.execute(sql`update users set banned = true where id = ${user.id}`)
    expect(await toldProblem(await browser.signIn(user.email))).toBe('403 account_disabled')
    expect(await toldProblem(await browser.signIn(user.email, 'wrong horse battery'))).toBe('401 wrong_sign_in')
    expect(browser.cookies.size).toBe(0)
  })

  test('wrong passwords from one address keep this address out, whether there is such an account or not', async () => {
    const user = await testUser(known, 'viewer')
    for (const email of [user.email, 'nobody-at-all@example.com']) {
      const browser = new TestBrowser(known)
      const answers: string[] = []
      for (let attempt = 0; attempt < 12; attempt++)
        answers.push(await toldProblem(await browser.signIn(email, 'wrong horse battery')))
      expect(new Set(answers.slice(0, 10))).toEqual(new Set(['401 wrong_sign_in']))
      expect(answers.slice(10)).toEqual(['429 too_many_attempts', '429 too_many_attempts'])
      const right = await browser.signIn(email.toUpperCase())
      expect(await right.json()).toMatchObject({ code: 'too_many_attempts', retryAfter: expect.any(Number) })
      expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(600)
    }
    expect((await new TestBrowser(known).signIn(user.email)).status).toBe(200)
    // Of those that are too many, the first.
    expect((await entries(user.email)).slice(9)).toEqual([
      'signIn denied wrong_sign_in',
      'signIn denied too_many_attempts',
      'signIn done',
    ])
  }, 60_000)

  describe('an account that is tried from everywhere', () => {
    const exhaust = async (email: string) => {
      for (let each = 0; each < maxAttempts.account; each++)
        await countAttempt(opened.db, email, { address: `198.51.100.${each}`, device: null })
    }

    test('stays open to the browsers that it knows', async () => {
      const [user, owner] = [await testUser(known, 'viewer'), new TestBrowser(known)]
      await owner.signIn(user.email)
      await owner.post('/sign-out')
      await exhaust(user.email)
      expect(await toldProblem(await new TestBrowser(known).signIn(user.email))).toBe('429 too_many_attempts')
      expect((await owner.signIn(user.email)).status).toBe(200)
      // Signing in does not open it to the others.
      expect(await toldProblem(await new TestBrowser(known).signIn(user.email))).toBe('429 too_many_attempts')
    }, 60_000)

    test('the cookie of a browser is of one account, and cannot be made up', async () => {
      const [user, other, browser] = [
        await testUser(known, 'viewer'),
        await testUser(known, 'viewer'),
        new TestBrowser(known),
      ]
      await browser.signIn(other.email)
      await exhaust(user.email)
      expect(await toldProblem(await browser.signIn(user.email))).toBe('429 too_many_attempts')
      const [id] = (browser.cookies.get('console-3000.device') ?? '').split('.')
      browser.cookies.set('console-3000.device', `${id}.${'A'.repeat(43)}`)
      expect(await toldProblem(await browser.signIn(user.email))).toBe('429 too_many_attempts')
    }, 60_000)

    test('and a known browser has a limit as well', async () => {
      const [user, owner] = [await testUser(known, 'viewer'), new TestBrowser(known)]
      await owner.signIn(user.email)
      const answers: string[] = []
      for (let attempt = 0; attempt < 11; attempt++) {
        owner.address = `203.0.113.${attempt}`
        answers.push(await toldProblem(await owner.signIn(user.email, 'wrong horse battery')))
      }
      expect(answers.slice(9)).toEqual(['401 wrong_sign_in', '429 too_many_attempts'])
    }, 60_000)

    test('is opened by the link for a new password, and by an admin', async () => {
      const user = await testUser(known, 'viewer')
      const lifts = [() => resetLink(known, user.id), () => liftThrottle(opened.db, user.email)]
      for (const lift of lifts) {
        await exhaust(user.email)
        expect(await toldProblem(await new TestBrowser(known).signIn(user.email))).toBe('429 too_many_attempts')
        await lift()
        expect((await new TestBrowser(known).signIn(user.email)).status).toBe(200)
      }
      const { url } = await resetLink(known, user.id)
      await exhaust(user.email)
      const set = { token: new URL(url).hash.slice(1), newPassword: 'another long password' }
      expect((await new TestBrowser(known).post('/reset-password', set)).status).toBe(200)
      expect((await new TestBrowser(known).signIn(user.email, set.newPassword)).status).toBe(200)
    }, 60_000)
  })

  test('the throttle opens again, and forgets an address after the right password', async () => {
    const [email, start] = ['clock@example.com', new Date('2026-01-01T00:00:00Z')]
    const here = { address: '198.51.100.1', device: null }
    const later = (count: number) => new Date(start.getTime() + minutes(count))
    for (let attempt = 0; attempt < 10; attempt++) await countAttempt(opened.db, email, here, later(1))
    expect(await code(countAttempt(opened.db, email, here, later(15)))).toBe('429 too_many_attempts')
    expect(await code(countAttempt(opened.db, email, here, later(17)))).toBe('signed in')
    for (let attempt = 0; attempt < 9; attempt++) await countAttempt(opened.db, email, here, later(18))
    await forgetAttempts(opened.db, email, here)
    expect(await code(countAttempt(opened.db, email, here, later(18)))).toBe('signed in')
    const many = await Promise.all(
      [...Array(20).keys()].map(() => code(countAttempt(opened.db, 'many', here, later(0)))),
    )
    expect(many.filter((each) => each === 'signed in')).toHaveLength(10)
  })

  test('passwords that anybody would try are not taken', async () => {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    await browser.signIn(user.email)
    const change = (newPassword: string) =>
      browser.post('/change-password', { currentPassword: testPassword, newPassword })
    for (const guessable of ['123456789012', 'passwordpassword', user.email])
      expect(await toldProblem(await change(guessable))).toBe('422 password_guessable')
    const { url } = await resetLink(known, user.id)
    const token = new URL(url).hash.slice(1)
    expect(await toldProblem(await browser.post('/reset-password', { token, newPassword: 'Passw0rd!Passw0rd!' }))).toBe(
      '422 password_guessable',
    )
    // The link is still good.
    expect((await browser.post('/reset-password', { token, newPassword: 'another long password' })).status).toBe(200)
  })

  test('when too many sign in at once, the others are asked to wait, and nothing is counted or entered', async () => {
    const users = await Promise.all([...Array(30).keys()].map(() => testUser(known, 'viewer')))
    const answers = await Promise.all(users.map(({ email }) => new TestBrowser(known).signIn(email)))
    const busy = answers.flatMap((answer, index) =>
      answer.status === 503 ? [{ answer, email: users[index]?.email ?? '' }] : [],
    )
    expect(busy).toHaveLength(8)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(22)
    for (const { answer, email } of busy) {
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await toldProblem(answer)).toBe('503 sign_in_busy')
      expect(await entries(email)).toEqual([])
    }
  }, 60_000)

  test('what nobody can be named for is in the log as well', async () => {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    const newPassword = 'another long password'
    await browser.signIn(user.email, 'wrong horse battery')
    const { entries: found } = await listEntries(opened.db, { objectId: user.id }, { offset: 0, limit: 5 })
    expect(found).toMatchObject([{ actorId: null, actorName: user.email, role: null, code: 'wrong_sign_in' }])
    expect(await toldProblem(await browser.post('/change-password', { currentPassword: 'x', newPassword }))).toMatch(
      /^401/,
    )
    expect(await toldProblem(await browser.post('/reset-password', { token: 'made\0up', newPassword }))).toMatch(/^422/)
    const foreign = { origin: 'https://elsewhere.example.com' }
    expect(await toldProblem(await browser.post('/sign-in/email', {}, foreign))).toBe('403 foreign_origin')
    expect(await toldProblem(await browser.post('/sign-out-everywhere', {}, { 'content-type': 'text/plain' }))).toMatch(
      /^415/,
    )
    const last = await listEntries(opened.db, {}, { offset: 0, limit: 4 })
    expect(last.entries.map(({ actorName, operation, code }) => [actorName, operation, code])).toEqual([
      ['', 'signOutEverywhere', 'not_json'],
      ['', 'signIn', 'foreign_origin'],
      ['', 'setPassword', 'link_expired'],
      ['', 'changePassword', 'not_signed_in'],
    ])
    await browser.signIn(user.email)
    await browser.post('/change-password', { currentPassword: 'wrong horse battery', newPassword })
    expect((await entries(user.email)).at(-1)).toBe('changePassword denied wrong_password')
  })

  test('guessing at accounts that do not exist does not fill the log; those that do are always entered', async () => {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    const guess = (email: string) => browser.post('/sign-in/email', { email, password: 'wrong horse battery' })
    const [name, total] = [`flood-${user.id}`, maxEntriesPerMinute.address + 4]
    for (let attempt = 0; attempt < total; attempt++) await guess(`${attempt}-${name}@example.com`)
    await guess(user.email)
    const { total: entered } = await listEntries(opened.db, { person: name }, { offset: 0, limit: 1 })
    expect(entered).toBe(maxEntriesPerMinute.address)
    expect(await entries(user.email)).toHaveLength(1)
    const left = await listEntries(opened.db, { object: browser.address }, { offset: 0, limit: 5 })
    expect(left.entries).toMatchObject([{ operation: 'entriesLeftOut', actorName: '' }])
  }, 60_000)

  describe('with a clock that stands still', () => {
    const start = Date.now() + minutes(60)
    const clock = (seconds: number) => vi.setSystemTime(start + seconds * 1000)
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'], now: start })
    })
    afterEach(() => {
      vi.useRealTimers()
    })

    test('an address is throttled, however many accounts it tries, until its window ends', async () => {
      const browser = new TestBrowser(known)
      const guess = async (name: string) =>
        toldProblem(await browser.signIn(`${name}@example.com`, 'wrong horse battery'))
      const answers: string[] = []
      for (let attempt = 0; attempt < 22; attempt++) answers.push(await guess(`guess-${attempt}`))
      expect(new Set(answers.slice(0, 20))).toEqual(new Set(['401 wrong_sign_in']))
      expect(answers.slice(20)).toEqual(['429 too_many_attempts', '429 too_many_attempts'])
      clock(9)
      expect(await (await browser.signIn('late@example.com', 'x')).json()).toMatchObject({ retryAfter: 1 })
      clock(10)
      expect(await guess('later')).toBe('401 wrong_sign_in')
    }, 60_000)

    test('a busy office behind one address is never throttled for coming one after another', async () => {
      const office = new TestBrowser(known)
      const answers: string[] = []
      for (let second = 0; second < 60; second += 2) {
        clock(second)
        answers.push(await toldProblem(await office.signIn(`colleague-${second}@example.com`, 'wrong horse battery')))
      }
      expect(new Set(answers)).toEqual(new Set(['401 wrong_sign_in']))
    }, 60_000)
  })

  test('there is no way to sign up, and nothing of the library that we do not offer', async () => {
    const browser = new TestBrowser(known)
    await browser.signIn((await testUser(known, 'admin')).email)
    const email = 'new@example.com'
    for (const path of ['/sign-up/email', '/admin/create-user', '/admin/set-role', '/update-user', '/sign-in/social'])
      expect(await toldProblem(await browser.post(path, { email, password: testPassword, name: 'N' }))).toBe(
        '404 not_in_contract',
      )
    expect(
      (await known.auth.api.signUpEmail({ body: { email, password: testPassword, name: 'N' } }).catch((error) => error))
        .status,
    ).toBe('BAD_REQUEST')
    expect(await toldProblem(await browser.get('http://127.0.0.1:3000/api/auth/get-session'))).toBe(
      '404 not_in_contract',
    )
  })

  test('a cookie that was tampered with is none', async () => {
    const browser = new TestBrowser(known)
    await browser.signIn((await testUser(known, 'viewer')).email)
    const [[name, value] = ['', '']] = browser.cookies
    expect(name).toBe('console-3000.session_token')
    const [token = '', signature = ''] = decodeURIComponent(value).split('.')
    for (const other of [
      `${token}x.${signature}`,
      `${token}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      token,
    ]) {
      browser.cookies.set(name, encodeURIComponent(other))
      expect(await code(who(browser))).toBe('401 not_signed_in')
    }
    browser.cookies.set(name, value)
    expect(await code(who(browser))).toBe('signed in')
  })

  test('another site, another name of this server and forms are refused', async () => {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    const body = { email: user.email, password: testPassword }
    const with_ = async (more: Record<string, string>) => toldProblem(await browser.post('/sign-in/email', body, more))
    expect(await with_({ origin: 'https://evil.example' })).toBe('403 foreign_origin')
    expect(await with_({ origin: 'null' })).toBe('403 foreign_origin')
    expect(await with_({ 'sec-fetch-site': 'cross-site' })).toBe('403 foreign_origin')
    expect(await with_({ host: 'evil.example:3000' })).toBe('421 foreign_host')
    expect(await with_({ host: 'localhost:3000' })).toBe('421 foreign_host')
    expect(await with_({ 'content-type': 'text/plain' })).toBe('415 not_json')
    expect(await toldProblem(await browser.post('/sign-in/email', { ...body, rememberMe: true }))).toBe(
      '422 invalid_request',
    )
    expect(await toldProblem(await browser.post('/sign-in/email', { ...body, password: 'x'.repeat(20_000) }))).toBe(
      '413 body_too_large',
    )
    expect(browser.cookies.size).toBe(0)
  })

  test('cookies are out of reach of scripts and other sites, and secure where the console is', async () => {
    const user = await testUser(known, 'viewer')
    const [cookie] = (await new TestBrowser(known).signIn(user.email)).headers.getSetCookie()
    expect(cookie).toMatch(/^console-3000\.session_token=.*; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
    const secure = testIdentity(opened.db, { url: 'https://console.example.com' })
    const other = (await new TestBrowser(secure).signIn(user.email)).headers.getSetCookie()
    for (const cookie of other)
      expect(cookie).toMatch(
        /^__Host-console\.(session_token|device)=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
    expect(other).toHaveLength(2)
    const safe = new TestBrowser(secure)
    await safe.signIn(user.email)
    expect(await code(sessionOf(secure, safe.headers()))).toBe('signed in')
  })

  test('signing in again begins another session and ends the former', async () => {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    await browser.signIn(user.email)
    const before = browser.headers()
    await browser.signIn(user.email)
    expect(await code(sessionOf(known, before))).toBe('401 not_signed_in')
    expect(await code(who(browser))).toBe('signed in')
  })

  test('sign out here, or everywhere', async () => {
    const user = await testUser(known, 'viewer')
    const [here, there, third] = [new TestBrowser(known), new TestBrowser(known), new TestBrowser(known)]
    for (const browser of [here, there, third]) await browser.signIn(user.email)
    const old = here.headers()
    expect((await here.post('/sign-out')).status).toBe(200)
    expect([...here.cookies.keys()]).toEqual(['console-3000.device'])
    expect(await code(sessionOf(known, old))).toBe('401 not_signed_in')
    expect(await code(who(there))).toBe('signed in')
    expect((await there.post('/sign-out-everywhere')).status).toBe(200)
    expect(await code(who(third))).toBe('401 not_signed_in')
    expect(await toldProblem(await here.post('/sign-out-everywhere'))).toBe('401 not_signed_in')
  })

  test('a session ends when it is not used, and lives while it is', async () => {
    const browser = new TestBrowser(known)
    await browser.signIn((await testUser(known, 'viewer')).email)
    const then = (count: number) => new Date(Date.now() + minutes(count))
    expect(await code(who(browser, then(idleMinutes - 1)))).toBe('signed in')
    expect(await code(who(browser, then(2 * idleMinutes - 2)))).toBe('signed in')
    expect(await code(who(browser, then(3 * idleMinutes)))).toBe('401 not_signed_in')
    // Gone, not only refused.
    expect(await code(who(browser))).toBe('401 not_signed_in')
  })

  test('a page that asks by itself does not keep it alive', async () => {
    const browser = new TestBrowser(known)
    await browser.signIn((await testUser(known, 'viewer')).email)
    const then = (count: number) => new Date(Date.now() + minutes(count))
    const page = (count: number) => code(sessionOf(known, browser.headers({ [backgroundHeader]: '1' }), then(count)))
    expect(await page(idleMinutes - 1)).toBe('signed in')
    expect(await page(idleMinutes + 1)).toBe('401 not_signed_in')
  })

  test('a session ends after its whole time, however much it was used', async () => {
    const browser = new TestBrowser(known)
    const user = await testUser(known, 'viewer')
    await browser.signIn(user.email)
    const end = new Date(Date.now() + sessionHours * minutes(60))
    const used = () => opened.db.update(sessions).set({ updatedAt: end }).where(eq(sessions.userId, user.id))
    await used()
    expect(await code(who(browser, new Date(end.getTime() - 60_000)))).toBe('signed in')
    vi.useFakeTimers({ toFake: ['Date'], now: end.getTime() + 1000 })
    try {
      expect(await code(who(browser, end))).toBe('401 not_signed_in')
    } finally {
      vi.useRealTimers()
    }
    await browser.signIn(user.email)
    await used()
    expect(await code(who(browser, new Date(end.getTime() + 60_000)))).toBe('401 not_signed_in')
    await browser.signIn(user.email)
    await opened.db
      .update(sessions)
      .set({ expiresAt: new Date(0) })
      .where(eq(sessions.userId, user.id))
    await new TestBrowser(known).signIn((await testUser(known, 'viewer')).email)
    expect(await opened.db.select().from(sessions).where(eq(sessions.userId, user.id))).toEqual([])
  })

  test('a new password needs the present one and ends other sessions', async () => {
    const user = await testUser(known, 'viewer')
    const [here, there] = [new TestBrowser(known), new TestBrowser(known)]
    for (const browser of [here, there]) await browser.signIn(user.email)
    const change = async (currentPassword: string, newPassword: string) =>
      here.post('/change-password', { currentPassword, newPassword })
    expect(await toldProblem(await change('wrong horse battery', 'another long password'))).toBe('422 wrong_password')
    expect(await toldProblem(await change(testPassword, 'short'))).toBe('422 password_refused')
    expect((await change(testPassword, 'another long password')).status).toBe(200)
    expect(await code(who(here))).toBe('signed in')
    expect(await code(who(there))).toBe('401 not_signed_in')
    expect(await toldProblem(await there.signIn(user.email))).toBe('401 wrong_sign_in')
    expect((await there.signIn(user.email, 'another long password')).status).toBe(200)
  })

  test('password sign-in can be switched off', async () => {
    const off = testIdentity(opened.db, { passwordSignIn: false })
    const user = await testUser(known, 'admin')
    expect(await toldProblem(await new TestBrowser(off).signIn(user.email))).toBe('404 not_in_contract')
  })
})
