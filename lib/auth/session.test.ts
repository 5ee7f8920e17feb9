import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { accountWritesOf } from '../db/account-writes'
import type { Opened } from '../db/open'
import { sessions, users } from '../db/schema'
import { TestBrowser, testIdentity, testUser } from '../testing/accounts'
import { databases } from '../testing/database'
import type { Identity } from './identity'
import { idleMinutes, sessionOf } from './session'

describe.each(databases())('the session of a request on $name', ({ open }) => {
  let opened: Opened
  let known: Identity
  beforeAll(async () => {
    opened = await open()
    known = testIdentity(opened.db)
  })
  afterAll(() => opened.close())

  async function signedIn() {
    const [user, browser] = [await testUser(known, 'viewer'), new TestBrowser(known)]
    await browser.signIn(user.email)
    const who = () =>
      sessionOf(known, browser.headers()).then(
        ({ actor }) => actor.role,
        (error) => error.problem.code,
      )
    return { user, browser, who }
  }

  test('is read once where nobody else writes, and each time where others may', async () => {
    const { browser } = await signedIn()
    const read = vi.spyOn(known.auth.api, 'getSession')
    for (let count = 0; count < 5; count++) await sessionOf(known, browser.headers())
    expect(read).toHaveBeenCalledTimes(accountWritesOf(opened.db) ? 1 : 5)
    read.mockRestore()
  })

  test('is noted as in use once a minute, which nobody else has to be read again for', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const lastUse = async () =>
      (await opened.db.select().from(sessions).where(eq(sessions.userId, one.user.id))).map(
        ({ updatedAt }) => updatedAt,
      )
    for (const { browser } of [one, other]) await sessionOf(known, browser.headers())
    const read = vi.spyOn(known.auth.api, 'getSession')
    const now = new Date(Date.now() + 90_000)
    await sessionOf(known, one.browser.headers(), now)
    expect(await lastUse()).toEqual([now])
    await sessionOf(known, other.browser.headers())
    const isAlone = accountWritesOf(opened.db) !== undefined
    expect(read).toHaveBeenCalledTimes(isAlone ? 0 : 2)
    read.mockRestore()
    await sessionOf(known, one.browser.headers(), new Date(now.getTime() + 30_000))
    expect(await lastUse()).toEqual([now])
  })

  test('is in use, whatever other cookies came along', async () => {
    const { browser } = await signedIn()
    const [bare, more] = [browser.headers(), browser.headers()]
    more.set('cookie', `${more.get('cookie')}; other=1`)
    const then = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    await sessionOf(known, more)
    await sessionOf(known, bare, then(idleMinutes - 1))
    await expect(sessionOf(known, more, then(idleMinutes + 1))).resolves.toMatchObject({ actor: { role: 'viewer' } })
  })

  test('follows every change of its account at once', async () => {
    const { user, who } = await signedIn()
    const { db } = opened
    expect(await who()).toBe('viewer')
    await db.update(users).set({ role: 'admin' }).where(eq(users.id, user.id))
    expect(await who()).toBe('admin')
    await db.execute(sql`update users set banned = true where id = ${user.id}`)
    expect(await who()).toBe('account_disabled')
    await db.transaction(async (inside) => {
      await inside.update(users).set({ banned: false, role: 'operator' }).where(eq(users.id, user.id))
    })
    expect(await who()).toBe('operator')
    await db.delete(sessions).where(eq(sessions.userId, user.id))
    expect(await who()).toBe('not_signed_in')
  })

  test('asked for while a change is being made is that after the change', async () => {
    const { user, who } = await signedIn()
    await who()
    for (const role of ['admin', 'operator', 'viewer', 'admin']) {
      const before = who()
      const change = opened.db.transaction(async (inside) => {
        await inside.update(users).set({ role }).where(eq(users.id, user.id))
        await inside.select().from(sessions)
      })
      const during = who()
      await Promise.all([before, change, during])
      expect(await who()).toBe(role)
    }
  })

  test('is nothing for cookies that were changed', async () => {
    const { browser, who } = await signedIn()
    expect(await who()).toBe('viewer')
    const headers = browser.headers()
    const cookie = headers.get('cookie') ?? ''
    expect(cookie).toMatch(/session_token=/)
    headers.set('cookie', cookie.replace(/(session_token=[^;]{3})[^;]/, '$1_'))
    await expect(sessionOf(known, headers)).rejects.toMatchObject({ problem: { code: 'not_signed_in' } })
  })
})
