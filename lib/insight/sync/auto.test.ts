import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ProblemError } from '../../contract/problem'
import { atNext } from '../../testing/swr-hooks'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'

vi.mock('../../swr/client', async (original) => (await import('../../testing/swr-hooks')).hooked(original))

const europe = 'eu-west-101'
let console_: SyncConsole

beforeAll(async () => {
  console_ = await startSyncConsole({ works: false })
})
afterAll(() => console_.close())

const statesOf = (checks: readonly { readonly code: string; readonly state: string }[]) =>
  Object.fromEntries(checks.map(({ code, state }) => [code, state]))

test('a target is looked at before rules are made for it', async () => {
  const viewer = await console_.member('viewer')
  await console_.control('POST', '/organizations', { name: 'mirrored', region: europe, repositories: [] })
  const show = async (region: string, organization: string) =>
    await console_.ok(viewer, 'syncTargetShow', { query: { region, organization } })
  const good = await show(europe, 'mirrored')
  expect(good).toMatchObject({ region: europe, organization: 'mirrored', connection: 'europe' })
  expect(statesOf(good.checks)).toMatchObject({ image_sync: 'ok', organization: 'ok', visible: 'ok' })
  expect(statesOf((await show('cn-north-4', 'mirrored')).checks)).toMatchObject({ same_region: 'blocked' })
  expect(statesOf((await show('cn-east-3', 'mirrored')).checks)).toMatchObject({ organization: 'unknown' })
})

test('a target that blocks is let go once it is asked for anew, and stays so', async () => {
  const viewer = await console_.member('viewer')
  const organization = async (fresh: boolean) => {
    const query = { region: europe, organization: 'made-later', fresh }
    return statesOf((await console_.ok(viewer, 'syncTargetShow', { query })).checks).organization
  }
  expect(await organization(false)).toBe('blocked')
  await console_.control('POST', '/organizations', { name: 'made-later', region: europe, repositories: [] })
  expect([await organization(false), await organization(true), await organization(false)]).toEqual([
    'blocked',
    'ok',
    'ok',
  ])
})

test('rules are read of the first 500 repositories of an organization, and all are named', async () => {
  const admin = await console_.member('admin')
  const repositories = Array.from({ length: 503 }, (_, at) => ({
    name: `r${String(at).padStart(3, '0')}`,
    tags: ['v1'],
  }))
  await console_.control('POST', '/organizations', { name: 'large', repositories })
  const list = await console_.ok(admin, 'autoSyncRuleList', { query: { organization: 'large' } })
  expect([list.repositories.length, list.asked, list.complete]).toEqual([503, 500, false])
  expect(list.repositories.filter(({ rules }) => rules === null)).toHaveLength(3)
})

test('once the key is refused, the repositories that were not asked for have failed as well', async () => {
  const admin = await console_.member('admin')
  const repositories = Array.from({ length: 12 }, (_, at) => ({ name: `r${at}`, tags: ['v1'] }))
  await console_.control('POST', '/organizations', { name: 'refused', repositories })
  const key = { connection: 'default', stopped: true, refusals: 1 }
  atNext('autoSyncList', () => Promise.reject(new ProblemError({ status: 502, code: 'swr_wrong_secret', key })))
  const list = await console_.ok(admin, 'autoSyncRuleList', { query: { organization: 'refused' } })
  const unread = list.repositories.flatMap(({ name, rules }) => (rules === null ? [name] : []))
  expect(unread.length).toBeGreaterThan(1)
  expect(list.failed.map(({ repository }) => repository).toSorted()).toEqual(unread.toSorted())
  expect(new Set(list.failed.map(({ code }) => code))).toEqual(new Set(['swr_wrong_secret']))
})
