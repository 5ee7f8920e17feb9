import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inUseClusters } from '../../db/retention-tables'
import { podList } from '../../testing/pods'
import { askPublic, disagreements, provisioned, type Sent, startPublicApi } from '../../testing/public-api'
import type { SandboxedConsole } from '../../testing/sandbox'

const operator = provisioned('operator')
const asText = { headers: { 'content-type': 'text/plain; charset=utf-8' } }
let console_: SandboxedConsole

beforeAll(async () => {
  console_ = await startPublicApi()
})
afterAll(() => console_.close())
beforeEach(() => console_.db.delete(inUseClusters))

const put = (body: string, more: Sent = {}, query = '') =>
  askPublic(operator, 'PUT', `/in-use/production${query}`, { body, ...more })
const list = () => askPublic(operator, 'GET', '/in-use')

describe('PUT /in-use', () => {
  test('takes what kubectl prints', async () => {
    const answer = await put(podList(2_000, 300))
    expect(disagreements('inUsePut', answer)).toBeNull()
    expect(answer.json).toMatchObject({
      cluster: 'production',
      images: 603,
      unreadable: 0,
      by: 'ci-operator (CONSOLE_TOKENS_FILE)',
    })
    const all = await list()
    expect(disagreements('inUseList', all)).toBeNull()
    const { unreadable: _, ...cluster } = answer.json
    expect(all.json).toEqual({ items: [cluster], total: 1 })
    expect((await askPublic(operator, 'GET', '/in-use?offset=1&limit=1')).json).toEqual({ items: [], total: 1 })
  })

  test('takes a plain list, for as many hours as one says', async () => {
    const { status, json } = await put('team/api:v1\nteam/web:v2\n', asText, '?hours=1.5')
    expect([status, json.images]).toEqual([200, 2])
    expect(Date.parse(String(json.expires)) - Date.parse(String(json.at))).toBe(5_400_000)
  })

  test('takes the UTF-16 that shells of Windows write', async () => {
    const bytes = Buffer.from(`\ufeff${podList(3)}`, 'utf16le')
    const answer = await askPublic(operator, 'PUT', '/in-use/production', { body: new Blob([bytes]) })
    expect(answer.json).toMatchObject({ unreadable: 0, images: 9 })
  })

  test.each<[string, string, Sent, number, object]>([
    [
      'other kinds',
      '{"kind":"DeploymentList","items":[]}',
      {},
      422,
      { errors: [{ path: 'body', code: 'pods_other_kind' }], detail: 'DeploymentList' },
    ],
    ['nothing', '', {}, 422, { errors: [{ path: 'body', code: 'pods_empty' }] }],
    ['a web page', '<html>', asText, 422, { errors: [{ path: 'body', code: 'pods_html' }], detail: '<html>' }],
    ['a form', 'a=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, { code: 'not_json' }],
    ['more than 32 MB', ' '.repeat(32 * 1024 * 1024 + 1), {}, 413, { code: 'body_too_large' }],
  ])('refuses %s and keeps what it had', async (_, body, more, status, expected) => {
    await put('team/api:v1', asText)
    const answer = await put(body, more)
    expect(disagreements('inUsePut', answer)).toBeNull()
    expect([answer.status, answer.json]).toEqual([status, expect.objectContaining(expected)])
    expect((await list()).json).toMatchObject({ items: [{ cluster: 'production', images: 1 }] })
  })

  test.each(['0', '-1', '9999', 'x', '1e3'])('refuses %s hours', async (hours) => {
    const answer = await put('team/api:v1', asText, `?hours=${hours}`)
    expect([answer.status, answer.json.errors]).toEqual([422, [{ path: 'query.hours', code: expect.any(String) }]])
  })

  test('once by a key, and not for another list', async () => {
    const first = await put('team/api:v1', { ...asText, key: 'nightly' })
    const again = await put('team/api:v1', { ...asText, key: 'nightly' })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.json).toEqual(first.json)
    const other = await put('team/api:v2', { ...asText, key: 'nightly' })
    expect([other.status, other.json.code]).toEqual([409, 'idempotency_reused'])
  })

  test('many large ones at once are read two at a time', async () => {
    const text = podList(500)
    const before = process.memoryUsage().rss
    const answers = await Promise.all(Array.from({ length: 12 }, () => put(text)))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
  })
})

test('DELETE /in-use', async () => {
  await put('team/api:v1', asText)
  const gone = await askPublic(operator, 'DELETE', '/in-use/production')
  expect(disagreements('inUseDelete', gone)).toBeNull()
  expect((await list()).json).toEqual({ items: [], total: 0 })
  const again = await askPublic(operator, 'DELETE', '/in-use/production')
  expect(disagreements('inUseDelete', again)).toBeNull()
  expect([again.status, again.json.code]).toEqual([404, 'cluster_unknown'])
})
