import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEntries } from '../audit/search'
import type { Opened } from '../db/open'
import { accounts, users } from '../db/schema'
import { log } from '../net/log'
import { TestBrowser, testIdentity, testSettings, testUser, toldProblem } from '../testing/accounts'
import { databases, openAny } from '../testing/database'
import { type Person, startProvider, type TestProvider } from '../testing/identity-provider'
import type { Identity } from './identity'
import { sessionOf } from './session'
import { roleFrom } from './sso-role'
import { listUsers, setDisabled } from './users'

const roles = new Map([
  ['cn=admins,dc=example', 'admin'],
  ['releases', 'operator'],
  ['everyone', 'viewer'],
] as const)

describe('the role of a claim', () => {
  const role = (profile: unknown, claim = 'groups') => roleFrom(profile, { claim, roles })
  test('is the highest that is mapped', () => {
    expect(role({ groups: ['everyone', 'cn=admins,dc=example', 'releases'] })).toBe('admin')
    expect(role({ groups: 'everyone' })).toBe('viewer')
  })
  test.each([
    undefined,
    null,
    'everyone',
    {},
    { groups: null },
    { groups: [] },
    { groups: ['admin', 'Everyone', 7, ['everyone'], { everyone: true }] },
    { groups: { everyone: true } },
  ])('%j gives none', (profile) => expect(role(profile)).toBeNull())
  test('may be deeper', () => {
    expect(role({ realm_access: { roles: ['releases'] } }, 'realm_access.roles')).toBe('operator')
    expect(role({ 'https://example.com/groups': ['everyone'] }, 'https://example.com/groups')).toBe('viewer')
    expect(role({}, 'constructor.name')).toBeNull()
  })
})

describe.each(
  databases().flatMap((database) => [
    { ...database, inToken: false, where: 'from the userinfo endpoint' },
    { ...database, inToken: true, where: 'in the ID token' },
  ]),
)('single sign-on, claims $where, on $name', ({ open, inToken }) => {
  let opened: Opened
  let known: Identity
  let provider: TestProvider
  beforeAll(async () => {
    log.level = 'silent'
    opened = await open()
    provider = await startProvider(`${testSettings.url}/api/auth/callback/sso`, inToken)
    const { issuer, client } = provider
    known = testIdentity(opened.db, {
      sso: { issuer, ...client, scopes: ['openid', 'email', 'profile'], claim: 'groups', roles },
    })
  })
  afterAll(async () => {
    await provider.close()
    await opened.close()
  })

  /** From our answer to the provider; `on the way` may change the address that the browser is sent to. */
  async function start(browser: TestBrowser, person: Person, onTheWay = (_: URL) => {}, to = '/settings') {
    provider.person = person
    const answer = await browser.post('/sign-in/sso', { to })
    const { url } = await answer.json()
    const address = new URL(url)
    onTheWay(address)
    return provider.visit(address.href)
  }
  async function signIn(browser: TestBrowser, person: Person, onTheWay?: (address: URL) => void) {
    const answer = await browser.get(await start(browser, person, onTheWay))
    expect(answer.status).toBe(302)
    return answer.headers.get('location')?.replace(testSettings.url, '')
  }
  const actor = async (browser: TestBrowser) => (await sessionOf(known, browser.headers())).actor
  let made = 0
  const person = (groups: unknown, more: Partial<Person> = {}): Person => {
    const sub = `subject-${++made}`
    return { sub, email: `${sub}@example.com`, groups, ...more }
  }

  test('whoever has a mapped role gets in, with PKCE, state and nonce, and no token is kept', async () => {
    const [browser, ann] = [new TestBrowser(known), person(['releases', 'other'])]
    expect(await signIn(browser, ann)).toBe('/settings')
    expect(await actor(browser)).toMatchObject({ email: ann.email, name: `Name of ${ann.sub}`, role: 'operator' })
    const asked = Object.fromEntries(provider.asked.at(-1) ?? [])
    expect(asked).toMatchObject({ code_challenge_method: 'S256', response_type: 'code' })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]?.length).toBeGreaterThan(20)
    const [kept] = (await opened.db.select().from(accounts)).filter(({ accountId }) => accountId === ann.sub)
    expect(kept).toMatchObject({ accessToken: null, refreshToken: null, idToken: null, providerId: 'sso' })
    expect((await listUsers(opened.db)).find(({ email }) => email === ann.email)?.signsInBy).toEqual(['sso'])
  })

  test('without a mapped role nobody gets in and no account is made, and the log says so', async () => {
    const [browser, eve] = [new TestBrowser(known), person(['nobody'])]
    expect(await signIn(browser, eve)).toBe('/sign-in?problem=role_missing')
    await expect(actor(browser)).rejects.toMatchObject({ problem: { code: 'not_signed_in' } })
    expect((await opened.db.select().from(users)).filter(({ email }) => email === eve.email)).toEqual([])
    const { entries } = await listEntries(opened.db, { person: eve.email }, { offset: 0, limit: 9 })
    expect(entries).toMatchObject([{ operation: 'signIn', outcome: 'denied', code: 'role_missing' }])
  })

  test('the role is computed again at each sign-in; sessions of another role end', async () => {
    const [first, second, third] = [new TestBrowser(known), new TestBrowser(known), new TestBrowser(known)]
    const bob = person(['everyone'])
    await signIn(first, bob)
    await signIn(second, bob)
    expect((await actor(first)).role).toBe('viewer')
    await signIn(second, { ...bob, groups: ['cn=admins,dc=example'] })
    expect((await actor(second)).role).toBe('admin')
    await expect(actor(first)).rejects.toMatchObject({ problem: { code: 'not_signed_in' } })
    expect(await signIn(third, { ...bob, groups: [] })).toBe('/sign-in?problem=role_missing')
    expect(third.cookies.has('console-3000.session_token')).toBe(false)
  })

  test('a disabled account stays out', async () => {
    const [browser, bob] = [new TestBrowser(known), person(['everyone'])]
    await signIn(browser, bob)
    const { id } = await actor(browser)
    await setDisabled(known, id, true)
    await expect(actor(browser)).rejects.toMatchObject({ problem: { code: 'not_signed_in' } })
    expect(await signIn(browser, bob)).toBe('/sign-in?problem=account_disabled')
  })

  test.each<[string, (address: URL) => void]>([
    ['another state', (address) => address.searchParams.set('state', 'x'.repeat(32))],
    ['another nonce', (address) => address.searchParams.set('nonce', 'x'.repeat(32))],
    ['another code challenge', (address) => address.searchParams.set('code_challenge', 'x'.repeat(43))],
  ])('%s is refused', async (_, change) => {
    const browser = new TestBrowser(known)
    expect(await signIn(browser, person(['everyone']), change)).toBe('/sign-in?problem=sso_failed')
    expect(browser.cookies.has('console-3000.session_token')).toBe(false)
  })

  test('an answer for another browser is refused, and none works twice', async () => {
    const [mine, other] = [new TestBrowser(known), new TestBrowser(known)]
    const back = await start(mine, person(['everyone']))
    expect((await other.get(back)).headers.get('location')).toMatch(/problem=sso_failed$/)
    expect(other.cookies.has('console-3000.session_token')).toBe(false)
    const again = await start(mine, person(['everyone']))
    expect((await mine.get(again)).headers.get('location')).toBe(`${testSettings.url}/settings`)
    expect((await mine.get(again)).headers.get('location')).toMatch(/problem=sso_failed$/)
  })

  test('an account made here is found by an address that the provider vouches for, and only then', async () => {
    const { email, id } = await testUser(known, 'viewer')
    const browser = new TestBrowser(known)
    const unproven = person(['everyone'], { email, emailVerified: false })
    expect(await signIn(browser, unproven)).toBe('/sign-in?problem=sso_failed')
    expect(await signIn(browser, { ...unproven, emailVerified: true, groups: ['releases'] })).toBe('/settings')
    expect(await actor(browser)).toMatchObject({ id, role: 'operator' })
  })

  test('the way back leads nowhere else', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'settings', '/\n/evil.example'])
      expect(await toldProblem(await new TestBrowser(known).post('/sign-in/sso', { to }))).toBe('422 invalid_request')
  })

  test('a token sent by hand starts nothing', async () => {
    const asked = new TestBrowser(known).post('/sign-in/sso', { idToken: { token: 'a.b.c' } })
    expect(await toldProblem(await asked)).toBe('422 invalid_request')
  })
})

test('a provider that cannot be reached is told', async () => {
  const opened = await openAny()
  const sso = { issuer: 'http://127.0.0.1:9', clientId: 'c', clientSecret: 's', scopes: [], claim: 'groups', roles }
  const known = testIdentity(opened.db, { sso })
  expect(await toldProblem(await new TestBrowser(known).post('/sign-in/sso', {}))).toBe('502 sso_failed')
  await opened.close()
})
