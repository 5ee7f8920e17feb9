import 'server-only'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { accountWritesOf } from '../db/account-writes'
import { apiTokens } from '../db/api-tables'
import type { Opened } from '../db/open'
import { users } from '../db/schema'
import { parseEnv } from '../env/config'
import { clientAddressHeader } from '../net/client-address'
import { TestBrowser, testIdentity, testUser } from '../testing/accounts'
import { databases } from '../testing/database'
import { demoAt } from '../testing/sandbox'
import { callerFrom } from './caller'
import type { Identity } from './identity'
import { maxTokenFailures } from './throttle'
import { createToken, hashOfToken, listTokens, maxTokensPerPerson, revokeToken } from './tokens'

const provisioned = `swrc_${'p'.repeat(40)}`
const yaml = `- {name: ci, role: operator, hash: "sha256:${hashOfToken(provisioned)}", connections: [default], expires: 2027-06-30}`

describe.each(databases())('tokens of the public API on $name', ({ open }) => {
  let opened: Opened
  let known: Identity
  beforeAll(async () => {
    opened = await open()
    known = testIdentity(opened.db)
    const source = { ...demoAt('http://127.0.0.1:1'), CONSOLE_TOKENS_FILE: '/nowhere/tokens.yaml' }
    Reflect.set(
      globalThis,
      Symbol.for('console.config'),
      parseEnv(source, () => yaml),
    )
  })
  afterAll(() => opened.close())

  let addresses = 0
  const headers = (token: string | null, address = `10.1.0.${++addresses}`) =>
    new Headers({
      host: '127.0.0.1:3000',
      [clientAddressHeader]: address,
      ...(token !== null && { authorization: `Bearer ${token}` }),
    })
  const who = (token: string | null, now?: Date, address?: string) =>
    callerFrom(known, headers(token, address), now).then(
      ({ actor }) => `${actor.role} ${actor.email}`,
      (error) => `${error.problem.status} ${error.problem.code}`,
    )
  const make = async (expiresAt: Date | null = null) => {
    const user = await testUser(known, 'operator')
    return { user, ...(await createToken(opened.db, user.id, { name: 'pipeline', expiresAt })) }
  }

  test('have at least 32 random signs, of which only a hash is kept', async () => {
    const { token, user, row } = await make()
    expect(token).toMatch(/^swrc_[A-Za-z0-9_-]{32,}$/)
    expect(row.ending).toBe(token.slice(-4))
    const [kept] = await opened.db.select().from(apiTokens).where(eq(apiTokens.id, row.id))
    expect(kept?.hash).toBe(hashOfToken(token))
    expect(JSON.stringify(kept)).not.toContain(token.slice(5, -4))
    expect(await listTokens(opened.db, user.id)).toEqual([row])
    expect((await make()).token).not.toBe(token)
  })

  test('act as their owner, with what the owner may at that moment', async () => {
    const { token, user } = await make()
    expect(await who(token)).toBe(`operator pipeline (${user.email})`)
    const { actor, connections } = await callerFrom(known, headers(token))
    expect([actor.id, connections]).toEqual([user.id, null])
    await opened.db.update(users).set({ role: 'viewer' }).where(eq(users.id, user.id))
    expect(await who(token)).toBe(`viewer pipeline (${user.email})`)
    await opened.db.update(users).set({ role: null }).where(eq(users.id, user.id))
    expect(await who(token)).toBe('403 role_missing')
  })

  test('end with the account, and begin again with one that is enabled', async () => {
    const { token, user } = await make()
    expect(await who(token)).toContain('operator')
    await opened.db.update(users).set({ banned: true }).where(eq(users.id, user.id))
    expect(await who(token)).toBe('401 token_invalid')
    await opened.db.update(users).set({ banned: false }).where(eq(users.id, user.id))
    expect(await who(token)).toContain('operator')
    await opened.db.delete(users).where(eq(users.id, user.id))
    expect(await who(token)).toBe('401 token_invalid')
  })

  test('end at their time', async () => {
    const { token } = await make(new Date('2027-01-01T00:00:00Z'))
    expect(await who(token, new Date('2026-12-31T23:59:59Z'))).toContain('operator')
    expect(await who(token, new Date('2027-01-01T00:00:00Z'))).toBe('401 token_invalid')
  })

  test('end when they are revoked, by their owner alone', async () => {
    const { token, user, row } = await make()
    expect(await who(token)).toContain('operator')
    const stranger = await testUser(known, 'admin')
    const unknown = { problem: { status: 404, code: 'token_unknown' } }
    await expect(revokeToken(opened.db, stranger.id, row.id)).rejects.toMatchObject(unknown)
    expect(await who(token)).toContain('operator')
    await revokeToken(opened.db, user.id, row.id)
    expect(await who(token)).toBe('401 token_invalid')
    await expect(revokeToken(opened.db, user.id, row.id)).rejects.toMatchObject(unknown)
  })

  test('note their last use at most once a minute, which nobody else has to be read again for', async () => {
    const { token, user, row } = await make()
    const lastUse = async () => (await listTokens(opened.db, user.id))[0]?.lastUsedAt
    const now = new Date()
    await who(token, now)
    expect(await lastUse()).toEqual(now)
    const writes = accountWritesOf(opened.db)?.count
    await who(token, new Date(now.getTime() + 30_000))
    expect(await lastUse()).toEqual(now)
    const later = new Date(now.getTime() + 61_000)
    await who(token, later)
    expect(await lastUse()).toEqual(later)
    expect(accountWritesOf(opened.db)?.count).toBe(writes)
    expect(row.lastUsedAt).toBeNull()
  })

  test('are read once where nobody else writes, and each time where others may', async () => {
    const { token } = await make()
    await who(token)
    await who(token)
    const read = vi.spyOn(opened.db, 'select')
    for (let count = 0; count < 5; count++) await who(token)
    expect(read).toHaveBeenCalledTimes(accountWritesOf(opened.db) ? 0 : 5)
    read.mockRestore()
  })

  test('are limited to a number that somebody can look through', async () => {
    const user = await testUser(known, 'viewer')
    const one = () => createToken(opened.db, user.id, { name: 'one', expiresAt: null })
    for (let count = 0; count < maxTokensPerPerson; count++) await one()
    await expect(one()).rejects.toMatchObject({ problem: { status: 409, code: 'token_limit' } })
  })

  test('can be provisioned', async () => {
    const now = new Date('2027-06-30T12:00:00Z')
    const { actor, connections } = await callerFrom(known, headers(provisioned), now)
    expect({ ...actor, connections }).toEqual({
      id: 'token/ci',
      name: 'ci (CONSOLE_TOKENS_FILE)',
      email: 'ci (CONSOLE_TOKENS_FILE)',
      role: 'operator',
      connections: ['default'],
    })
    expect(await who(provisioned, new Date('2027-07-01T00:00:00Z'))).toBe('401 token_invalid')
  })

  test('that are none are refused, and cookies do not help', async () => {
    const { token } = await make()
    expect(await who(null)).toBe('401 token_invalid')
    for (const wrong of ['x', token.slice(0, -1), `${token}a`, token.toUpperCase(), `swrc_${'a'.repeat(40)}`])
      expect(await who(wrong)).toBe('401 token_invalid')
    const user = await testUser(known, 'admin')
    const browser = new TestBrowser(known)
    await browser.signIn(user.email)
    await expect(callerFrom(known, browser.headers())).rejects.toMatchObject({ problem: { code: 'token_invalid' } })
    const foreign = headers(token)
    foreign.set('host', 'evil.example.com')
    await expect(callerFrom(known, foreign)).rejects.toMatchObject({ problem: { status: 421, code: 'foreign_host' } })
  })

  test('that are wrong are counted by address, and keep out nobody who has a good one', async () => {
    const { token } = await make()
    const [address, wrong] = ['10.2.0.1', `swrc_${'b'.repeat(40)}`]
    for (let count = 0; count < maxTokenFailures; count++)
      expect(await who(wrong, undefined, address)).toBe('401 token_invalid')
    expect(await who(wrong, undefined, address)).toBe('429 too_many_attempts')
    expect(await who(token, undefined, address)).toContain('operator')
    expect(await who(wrong)).toBe('401 token_invalid')
  })
})
