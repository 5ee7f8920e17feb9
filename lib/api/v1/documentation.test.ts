import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { hashOfToken } from '../../auth/tokens'
import { root, shellBlocksOf } from '../../testing/documentation'
import { bash, freePort } from '../../testing/processes'
import { provisioned, startPublicApi } from '../../testing/public-api'
import type { SandboxedConsole } from '../../testing/sandbox'
import { SyncStandIn } from '../../testing/sync-stand-in'
import { publicApiHandler } from './handler'

/* Commands of the documentation are run as they stand there, against the API itself on a port of its own. */

const folder = mkdtempSync(join(tmpdir(), 'public-api-'))
/** Addresses that were asked for. */
const asked: string[] = []
const env: Record<string, string> = { CONSOLE_TOKEN: provisioned('operator') }
let console_: SandboxedConsole

const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  asked.push(`${incoming.method} ${incoming.url}`)
  // Time is what the stand-in counts by looks: nothing is waited for.
  const url = `${env.CONSOLE_URL}${incoming.url}`.replace('wait=55', 'wait=0')
  const headers = new Headers(
    Object.entries(incoming.headersDistinct).map(([name, [value = ''] = []]) => [name, value]),
  )
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
  const answer = await publicApiHandler(new Request(url, { method: incoming.method ?? '', headers, ...body }))
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
})

beforeAll(async () => {
  const PORT = await freePort()
  env.CONSOLE_URL = `http://127.0.0.1:${PORT}`
  console_ = await startPublicApi(undefined, { PORT })
  await new Promise<void>((resolve) => server.listen(Number(PORT), '127.0.0.1', resolve))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await console_.close()
})
beforeEach(() => {
  vi.restoreAllMocks()
  asked.length = 0
})

test('the curl commands', async () => {
  const policy = {
    id: 7,
    name: 'nightly',
    dest_registry: { id: 3 },
    src_registry: { id: 0 },
    filters: [{ type: 'name', value: 'payments/**' }],
    trigger: { type: 'manual' },
    enabled: true,
  }
  env.INSTANCE = await console_.instance({
    namespaces: [{ name: 'payments', repositories: [{ name: 'api', tags: ['v1'] }] }],
    registries: [{ id: 3, name: 'frankfurt', type: 'swr-pro', status: 'healthy', url: 'https://harbor.example.com' }],
    policies: [policy],
  })
  await console_.control('PUT', '/pace', { instance: env.INSTANCE, secondsPerTask: 0 })
  const blocks = shellBlocksOf('docs/api.md').filter((block) => block.includes('curl'))
  const lines = blocks.join('').trim().split('\n')
  const output = await bash(`set -euo pipefail\n${lines.join('\necho\n')}`, env)
  const answers = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  expect(answers).toMatchObject([{ items: [{ id: 'default' }] }, { items: [], total: 0 }, { state: 'succeeded' }])
  expect(asked).toHaveLength(lines.length)
})

test('a token and its hash', async () => {
  const [block = ''] = shellBlocksOf('docs/configuration.md').filter((each) => each.includes('swrc_'))
  const [hash = '', token = ''] = (await bash(`${block}\nprintf '%s' "$token"`)).split(/\s+-\s+/)
  expect(token).toMatch(/^swrc_\w{32,}$/)
  expect(hash).toBe(hashOfToken(token))
})

describe('the example for a pipeline', () => {
  const [command = ''] = shellBlocksOf('docs/api.md').filter((block) => block.includes('sync-images.sh'))
  const request = join(folder, 'images.json')
  const targets = [{ region: 'eu-west-101', organization: 'payments' }]
  const images = [{ repository: 'payments/api', tags: ['v1', 'v2', 'v3'] }]

  async function run(more: Record<string, string> = {}, body: object = { images, targets }) {
    writeFileSync(request, JSON.stringify(body))
    return await new Promise<{ code: number; output: string }>((resolve) => {
      const line = command.trim().replace('images.json', request)
      execFile('bash', ['-c', line], { cwd: root, env: { ...process.env, ...env, ...more } }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, output: out + err }),
      )
    })
  }

  test('ends well only when everything is verified, and follows 20 minutes in at most 25 requests', async () => {
    const sync = new SyncStandIn()
    sync.looks = Math.ceil((20 * 60) / 55)
    const { code, output } = await run()
    expect([code, output]).toEqual([0, expect.stringMatching(/done: 3 verified\nEverything arrived\.\n$/)])
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.length).toBeLessThanOrEqual(25)
    expect(output).not.toContain(env.CONSOLE_TOKEN)
  })

  test.each(['unverifiable', 'missing', 'failed', 'unknown', 'canceled', 'skipped'] as const)(
    'ends badly when one cell is %s',
    async (state) => {
      const sync = new SyncStandIn()
      sync.ends = ({ tag }) => (tag === 'v2' ? state : 'verified')
      const { code, output } = await run()
      expect([code, output]).toEqual([1, expect.stringContaining(`${state}: payments/api:v2 to eu-west-101/payments`)])
    },
  )

  test('ends badly when something is left out', async () => {
    const sync = new SyncStandIn()
    sync.plans = (_, tag) => (tag === 'v3' ? 'source_missing' : 'new')
    const { code, output } = await run()
    expect([code, output]).toEqual([1, expect.stringContaining('not sent, source_missing: payments/api:v3')])
  })

  test('sends also what is there with the same digest', async () => {
    const sync = new SyncStandIn()
    sync.plans = () => 'same'
    expect(await run()).toMatchObject({ code: 0 })
    expect(sync.cells).toHaveLength(3)
  })

  test('started again with its key it follows the first job', async () => {
    const sync = new SyncStandIn()
    expect(await run({ SYNC_KEY: 'build-17' })).toMatchObject({ code: 0 })
    sync.asked.clear()
    expect(await run({ SYNC_KEY: 'build-17' })).toMatchObject({ code: 0 })
    expect(sync.asked.has('syncJobStart')).toBe(false)
  })

  test.each<[string, Record<string, string>, object, string]>([
    ['a token that is none', { CONSOLE_TOKEN: 'swrc_x' }, { images, targets }, 'token_invalid'],
    ['a role that is too low', { CONSOLE_TOKEN: provisioned('viewer') }, { images, targets }, 'role_too_low'],
    ['a reference that is none', {}, { images: [{ reference: 'api' }], targets }, 'body.images.0.reference'],
    ['no token', { CONSOLE_TOKEN: '' }, { images, targets }, 'CONSOLE_TOKEN'],
    ['a job that takes longer than one waits', { SYNC_TIMEOUT: '0' }, { images, targets }, 'has not ended'],
  ])('ends badly with %s', async (_, more, body, expected) => {
    new SyncStandIn().looks = 100
    const { code, output } = await run(more, body)
    expect([code, output]).toEqual([1, expect.stringContaining(expected)])
  })
})
