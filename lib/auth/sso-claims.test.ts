import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { listEntries } from '../audit/search'
import type { Opened } from '../db/open'
import { accounts } from '../db/schema'
import { log } from '../net/log'
import { TestBrowser, testIdentity, testSettings, testUser } from '../testing/accounts'
import { type Said, startBentProvider } from '../testing/bent-provider'
import { databases } from '../testing/database'
import { subjectOf } from './id-token'
import type { Identity } from './identity'
import { sessionOf } from './session'
import { setRole, showUser } from './users'

const roles = new Map([
  ['admins', 'admin'],
  ['staff', 'viewer'],
] as const)
const failed = '/sign-in?problem=sso_failed'

describe.each(databases())('what an identity provider may say on $name', ({ open }) => {
  let opened: Opened
  let known: Identity
  let provider: Awaited<ReturnType<typeof startBentProvider>>
  let made = 0
  let who: { sub: string; email: string; email_verified: boolean; groups: string[] }
  beforeAll(async () => {
    log.level = 'silent'
    opened = await open()
    provider = await startBentProvider()
    const { issuer, client } = provider
    known = testIdentity(opened.db, { sso: { issuer, ...client, scopes: ['openid'], claim: 'groups', roles } })
  })
  afterAll(async () => {
    await provider.close()
    await opened.close()
  })
  beforeEach(() => {
    const sub = `subject-${++made}`
    who = { sub, email: `${sub}@example.com`, email_verified: true, groups: ['staff'] }
  })

  async function signIn(said: Partial<Said>, browser = new TestBrowser(known)) {
    provider.said = { claims: who, userinfo: who, withIdToken: true, ...said }
    const { url } = await (await browser.post('/sign-in/sso', { to: '/settings' })).json()
    const answer = await browser.get(provider.visit(url))
    return answer.headers.get('location')?.replace(testSettings.url, '')
  }

  test('what is right lets in, with claims in the token or from the userinfo endpoint', async () => {
    expect(await signIn({})).toBe('/settings')
    expect(await signIn({ claims: { ...who, azp: 'console', aud: ['console', 'other'] } })).toBe('/settings')
    expect(await signIn({ claims: { sub: who.sub } })).toBe('/settings')
    const ahead = Math.floor(Date.now() / 1000) + 20
    expect(await signIn({ claims: { ...who, iat: ahead } })).toBe('/settings')
  })

  test.each<[string, () => Partial<Said>]>([
    ['no ID token', () => ({ withIdToken: false })],
    ['one without a nonce', () => ({ claims: { ...who, nonce: undefined } })],
    ['one with another nonce', () => ({ claims: { ...who, nonce: 'x'.repeat(32) } })],
    ['one for another client', () => ({ claims: { ...who, azp: 'other' } })],
    ['one for several, without the one that asked', () => ({ claims: { ...who, aud: ['console', 'other'] } })],
    ['one of in two hours', () => ({ claims: { ...who, iat: Math.floor(Date.now() / 1000) + 7200 } })],
    ['one without a subject', () => ({ claims: { ...who, sub: undefined } })],
    ['userinfo of another subject', () => ({ claims: { sub: who.sub }, userinfo: { ...who, sub: 'another' } })],
    ['userinfo without a subject', () => ({ claims: { sub: who.sub }, userinfo: { ...who, sub: undefined } })],
  ])('%s lets nobody in and makes no account', async (_, said) => {
    const browser = new TestBrowser(known)
    expect(await signIn(said(), browser)).toBe(failed)
    expect(browser.cookies.has('console-3000.session_token')).toBe(false)
    expect(await opened.db.select().from(accounts).where(eq(accounts.accountId, who.sub))).toEqual([])
  })

  test('another subject with the same address is another person, whose account is for an admin to sort out', async () => {
    expect(await signIn({})).toBe('/settings')
    const claims = { ...who, sub: `${who.sub}-again` }
    expect(await signIn({ claims, userinfo: claims })).toBe(failed)
    expect(await opened.db.select().from(accounts).where(eq(accounts.accountId, claims.sub))).toEqual([])
    const { entries } = await listEntries(opened.db, { person: who.email }, { offset: 0, limit: 1 })
    expect(entries).toMatchObject([{ operation: 'signIn', outcome: 'denied', code: 'sso_failed' }])
    // The first one is still who they are.
    expect(await signIn({})).toBe('/settings')
  })

  test('the last admin keeps the role, whatever the groups say, and that is told', async () => {
    const admin = await testUser(known, 'admin')
    const browser = new TestBrowser(known)
    Object.assign(who, { email: admin.email })
    const warn = vi.spyOn(log, 'warn')
    expect(await signIn({}, browser)).toBe('/settings')
    expect((await sessionOf(known, browser.headers())).actor).toMatchObject({ id: admin.id, role: 'admin' })
    expect(warn).toHaveBeenCalledWith({ actor: admin.id, role: 'viewer' }, expect.stringContaining('last admin'))
    warn.mockRestore()
    const { entries } = await listEntries(opened.db, { objectId: admin.id }, { offset: 0, limit: 5 })
    expect(entries.map(({ operation, outcome, code }) => [operation, outcome, code])).toEqual([
      ['userUpdate', 'denied', 'last_admin'],
      ['signIn', 'done', null],
    ])
    expect(entries[0]).toMatchObject({ before: { role: 'admin' }, after: { role: 'viewer' }, actorName: admin.email })

    // With another one there, the groups count, and sessions with the old role end.
    const second = await testUser(known, 'admin')
    expect(await signIn({})).toBe('/settings')
    expect((await showUser(opened.db, admin.id)).role).toBe('viewer')
    await expect(sessionOf(known, browser.headers())).rejects.toMatchObject({ problem: { code: 'not_signed_in' } })
    await setRole(known, admin.id, 'admin')
    await setRole(known, second.id, 'viewer')
  })
})

test('a token that is none has no subject', () => {
  for (const token of [undefined, '', 'a', 'a.b.c', `a.${Buffer.from('[]').toString('base64url')}.c`])
    expect(subjectOf(token, 'console')).toBeNull()
})
