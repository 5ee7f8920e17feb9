import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { NewImage } from '../db/retention-images'
import type { TestMember } from '../testing/console'
import { largeRetentionJobs } from '../testing/large-retention'
import { longestStall } from '../testing/longest-stall'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'
import { exportDryRun, exportRetentionRun } from './retention-export'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const limitMs = 250
const namespace = 'payments'
const image = (index: number, more: Partial<NewImage> = {}): NewImage => ({
  ...{ index, repository: `${namespace}/api`, digest: `sha256:${index}`, tags: [`v${index}`], size: 10 },
  ...{ pushed: new Date(0), pulled: null, swr: 'keep', ours: 'keep', rule: 0, because: null, immutable: null },
  ...{ differs: false, inUse: [] },
  ...more,
})
const images = [
  image(0, { swr: 'delete', ours: 'delete', rule: null, tags: ['v0', 'latest'], inUse: ['prod', 'test'] }),
  image(1, { swr: 'keep', ours: 'unsure', because: 'tie', differs: true }),
  image(2, { repository: `${namespace}/web`, swr: 'immutable', tags: [], rule: null, immutable: 9 }),
  image(3, { swr: 'error', copy: 'failed', copyText: '=cmd|"calc", and\r\n-1+1' }),
  image(4, { digest: '+4', inUse: ['@sum'] }),
]

let console_: SandboxedConsole
let viewer: TestMember
let instance: string
let ids: Awaited<ReturnType<typeof largeRetentionJobs>>
const jobs = (of?: readonly NewImage[]) => largeRetentionJobs(console_.db, { instance, namespace, policy: 7 }, of)
beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
  instance = await console_.instance({ retentions: [{ id: 7, name: 'keep', namespace_name: namespace, rules: [] }] })
  ids = await jobs(images)
})
afterAll(() => console_.close())

const params = (more: object = {}) => ({
  ...{ connection: 'default', instance_id: instance, namespace_name: namespace, policy_id: '7' },
  ...more,
})
const requestOf = (search: string, cookie = viewer.cookie) =>
  new Request(`http://127.0.0.1:3000/export?${search}`, { headers: { host: '127.0.0.1:3000', cookie } })
const ofDryRun = (search = '', { id = ids.dry_run_id, cookie = viewer.cookie, ...more } = {}) =>
  exportDryRun(requestOf(search, cookie), { params: Promise.resolve(params({ dry_run_id: id, ...more })) })
const ofRun = (search = '') =>
  exportRetentionRun(requestOf(search), {
    params: Promise.resolve(params({ retention_run_id: ids.retention_run_id })),
  })

/** Cells of all lines; every cell is quoted. */
async function cellsOf(answer: Response) {
  const lines: string[][] = [[]]
  for (const [, cell = '', end] of (await answer.text()).matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    lines.at(-1)?.push(cell.replaceAll('""', '"'))
    if (end !== ',') lines.push([])
  }
  return lines.slice(0, -1)
}
async function rowsOf(answer: Response) {
  const [names = [], ...lines] = await cellsOf(answer)
  return lines.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index]])))
}

test('verdicts of a dry run are a file, one line for each image', async () => {
  const answer = await ofDryRun()
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="dry-run-${ids.dry_run_id}.csv"`,
    'cache-control': 'no-store',
  })
  const bytes = new Uint8Array(await answer.clone().arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [names, ...lines] = await cellsOf(answer)
  const head = 'repository tags digest size pushed pulled swr ours rule because immutable differs inUse'
  expect(names).toEqual(head.split(' '))
  expect(lines).toHaveLength(images.length)
  const pushed = '1970-01-01T00:00:00.000Z'
  expect(lines.slice(0, 3)).toEqual([
    ['payments/api', 'v0 latest', 'sha256:0', '10', pushed, '', 'delete', 'delete', '', '', '', '', 'prod test'],
    ['payments/api', 'v1', 'sha256:1', '10', pushed, '', 'keep', 'unsure', '1', 'tie', '', '1', ''],
    ['payments/web', '', 'sha256:2', '10', pushed, '', 'immutable', 'keep', '', '', '9', '', ''],
  ])
})

test('what became of the images of a run says how they were copied; nothing in it is a formula', async () => {
  const answer = await ofRun()
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="retention-run-${ids.retention_run_id}.csv"`,
  )
  const rows = await rowsOf(answer)
  expect(rows[3]).toMatchObject({
    swr: 'error',
    copy: 'failed',
    copyText: `'=cmd|"calc", and\r\n'-1+1`,
    restore: 'none',
  })
  expect(rows[4]).toMatchObject({ digest: "'+4", inUse: "'@sum" })
  expect(Object.keys(rows[0] ?? {})).not.toContain('differs')
})

test.each([
  'filter=all',
  'filter=delete',
  'filter=keep',
  'filter=unknown',
  'filter=differs',
  'filter=in_use',
  'filter=failed',
  'search=latest',
  'search=sha256:1',
  'search=nothing-of-that-name',
  `repository=${encodeURIComponent('payments/web')}`,
  'filter=keep&search=v',
])('%s: the file holds what the list shows', async (search) => {
  const list = await console_.own(viewer, 'retentionDryRunImageList', {
    params: params({ dry_run_id: ids.dry_run_id }),
    query: { ...Object.fromEntries(new URLSearchParams(search)), limit: '500' },
  })
  const { rows } = (await list.json()) as { rows: { size: number; tags: string[] }[] }
  const written = await rowsOf(await ofDryRun(search))
  expect(written.map(({ tags }) => tags)).toEqual(rows.map(({ tags }) => tags.join(' ')))
  // A file without lines names its columns all the same.
  if (rows.length === 0) expect((await cellsOf(await ofDryRun(search)))[0]?.[0]).toBe('repository')
})

test('is refused like everything else, with a problem in place of a file', async () => {
  const refused = async (answer: Promise<Response>) => {
    const { status, headers, ...rest } = await answer
    expect(rest).toBeDefined()
    expect(headers.get('content-type')).toBe('application/json')
    return status
  }
  expect(await refused(ofDryRun('', { cookie: '' }))).toBe(401)
  expect(await refused(ofDryRun('filter=nice'))).toBe(422)
  expect(await refused(ofDryRun('format=xlsx'))).toBe(422)
  expect(await refused(ofDryRun('', { id: 'x' }))).toBe(422)
  expect(await refused(ofDryRun('', { id: '999999' }))).toBe(404)
  // A run is no dry run, and a dry run is one of its policy.
  expect(await refused(ofDryRun('', { id: ids.retention_run_id }))).toBe(404)
  expect(await refused(ofDryRun('', { policy_id: '8' } as object))).toBe(404)
  for (const role of ['viewer', 'operator', 'admin'] as const)
    expect((await ofDryRun('', { cookie: (await console_.member(role)).cookie })).status).toBe(200)
})

test('a large one is written as it is read, while others are served', async () => {
  const { dry_run_id: id } = await jobs()
  const reader = (await ofDryRun('', { id })).body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  expect(value?.length).toBeLessThan(300_000)
  await reader?.cancel()
  const stall = await longestStall(async () => {
    const rows = await rowsOf(await ofDryRun('filter=delete', { id }))
    expect(new Set(rows.map(({ digest }) => digest)).size).toBe(10_000)
  }, limitMs)
  expect(stall).toBeLessThan(limitMs)
})
