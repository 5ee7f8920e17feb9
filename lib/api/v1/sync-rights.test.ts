import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { hashOfToken } from '../../auth/tokens'
import { type Answered, askPublic, provisioned, tokensYaml } from '../../testing/public-api'
import { europe, hongkong, PublicSync } from '../../testing/public-sync'
import { waitUntil } from '../../testing/wait-until'

vi.setConfig({ testTimeout: 60_000 })

/* What a provisioned token may is asked of its file, before each step of a job that it has started. */

let sync: PublicSync
beforeAll(async () => {
  sync = await PublicSync.start()
})
afterAll(() => sync.close())
afterEach(() => sync.tokensFile.write(tokensYaml))

const limited = `swrc_${'limited'.padEnd(40, '0')}`
const limit = (connections: readonly string[]) =>
  sync.tokensFile.write(
    `${tokensYaml}\n- {name: limited, role: operator, hash: "sha256:${hashOfToken(limited)}", connections: [${connections}]}`,
  )
const requestFor = (source: string, tags: readonly string[] = ['v1']) => ({
  images: [{ repository: `${source}/api`, tags }],
  targets: [{ region: europe, organization: source }],
})

/** A job that takes far longer than a test has, unless somebody hurries it. */
async function longJob(token: string) {
  const tags = Array.from({ length: 100 }, (_, at) => ({ name: `v${at}`, size: 1_000_000_000 }))
  const source = await sync.twins([{ name: 'api', tags }], [], { secondsPerGigabyte: 2 })
  const names = tags.map(({ name }) => name)
  const { json } = await sync.post('/sync-jobs', requestFor(source, names), token)
  await waitUntil(async () => expect(await sync.console_.syncCalls(source)).not.toEqual([]))
  return { id: json.id, source }
}

test('what a token has started ends verified', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1'] }])
  limit(['default', 'europe'])
  const { json } = await sync.post('/sync-jobs', requestFor(source), limited)
  const { job, cells } = await sync.ended(json.id)
  expect(job).toMatchObject({ state: 'done', by: 'limited (CONSOLE_TOKENS_FILE)' })
  expect(cells).toMatchObject([{ state: 'verified', attempts: 1 }])
})

test.each<[string, () => void]>([
  ['a token that is removed', () => sync.tokensFile.write(tokensYaml)],
  ['a token that is not for the connection any more', () => limit(['europe'])],
])('%s loses its right in the midst of its job', async (_, change) => {
  limit(['default', 'europe'])
  const { id } = await longJob(limited)
  change()
  const { job, cells } = await sync.ended(id)
  expect(job.state).toBe('canceled')
  const canceled = cells.filter(({ state }) => state === 'canceled')
  expect(canceled.length).toBeGreaterThan(0)
  expect(new Set(canceled.map(({ reason }) => reason))).toEqual(new Set(['right_lost']))
  const after = await sync.show(id, '', limited)
  expect([401, 404]).toContain(after.status)
})

test('a token that loses the connection of a target in the midst of its job looks there no more', async () => {
  limit(['default', 'europe'])
  const { id, source } = await longJob(limited)
  limit(['default'])
  await sync.console_.control('PUT', '/mood', { organization: source, secondsPerGigabyte: 0.02 })
  const { job, cells } = await sync.ended(id)
  expect(job.state).toBe('done')
  const unverified = cells.filter(({ state }) => state !== 'verified')
  expect(unverified.length).toBeGreaterThan(0)
  for (const cell of unverified) expect(cell).toMatchObject({ state: 'unverifiable', reason: 'target_lost' })
  // All of it has arrived: it was not looked for.
  const held = await sync.console_.heldTags(source, [europe])
  expect(held.size).toBe(cells.length)
})

const plansOf = ({ json }: Answered) => (json.cells as { plan: string }[]).map(({ plan }) => plan)
const checkOf = ({ json }: Answered, code: string) =>
  (json.checks as { code: string; state: string }[]).find((check) => check.code === code)?.state

test('a token sees targets by its own connections alone, whatever others have just seen', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1'] }])
  const plan = (token?: string) => sync.post('/sync-plans', requestFor(source), token)
  limit(['default'])
  for (let round = 0; round < 2; round++) {
    const own = await plan(limited)
    expect([plansOf(own), checkOf(own, 'visible'), checkOf(own, 'quota')]).toEqual([
      ['not_visible'],
      'unknown',
      undefined,
    ])
    expect(plansOf(await plan())).toEqual(['new'])
  }
  // That an organization is not there, either.
  const elsewhere = { ...requestFor(source), targets: [{ region: hongkong, organization: `${source}-none` }] }
  expect(plansOf(await sync.post('/sync-plans', elsewhere, limited))).toEqual(['not_visible'])
  expect(plansOf(await sync.post('/sync-plans', elsewhere))).toEqual(['organization_missing'])
})

test('its job touches no other connection', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1'] }])
  limit(['default'])
  const { json } = await sync.post('/sync-jobs', requestFor(source), limited)
  expect((await sync.ended(json.id)).cells.map(({ state }) => state)).toEqual(['unverifiable'])
  const { requests } = await sync.console_.control<{ requests: { access: string }[] }>(
    'GET',
    `/requests?organization=${source}`,
  )
  expect(new Set(requests.map(({ access }) => access)).size).toBe(1)
})

test('a job that looks at its targets by other connections is not sent again in its name', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1'] }], [], { mood: 'as-recorded' })
  const request = {
    ...requestFor(source),
    images: [{ reference: `${source}/api:v1` }, { reference: `${source}/api:v2` }],
  }
  const { json } = await sync.post('/sync-jobs', request)
  expect((await sync.ended(json.id)).cells.map(({ state }) => state)).toEqual(['verified', 'failed'])
  await sync.console_.control('POST', '/push', { organization: source, repositories: [{ name: 'api', tags: ['v2'] }] })
  const again = () => sync.post(`/sync-jobs/${json.id}/retry`, { states: ['failed'] }, limited)
  limit(['default'])
  expect(await again()).toMatchObject({ status: 404, json: { code: 'unknown_connection' } })
  limit(['default', 'europe'])
  expect((await again()).status).toBe(202)
  const { job, cells } = await sync.ended(json.id)
  expect(job.by).toBe('limited (CONSOLE_TOKENS_FILE)')
  expect(cells.map(({ state }) => state)).toEqual(['verified', 'verified'])
})

test('from another connection it can start nothing', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1'] }])
  limit(['europe'])
  for (const path of ['/sync-plans', '/sync-jobs']) {
    const answer = await sync.post(path, requestFor(source), limited)
    expect([answer.status, answer.json.code]).toEqual([404, 'unknown_connection'])
  }
  const list = await askPublic(limited, 'GET', '/connections')
  expect(list.json).toMatchObject({ items: [{ id: 'europe' }], total: 1 })
  expect((await askPublic(provisioned('viewer'), 'GET', '/connections')).json.total).toBe(3)
})
