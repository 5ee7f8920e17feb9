import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { hashOfToken } from '../../auth/tokens'
import { shellBlocksOf } from '../../testing/documentation'
import { freePort } from '../../testing/free-port'
import { podList } from '../../testing/pods'
import { bash } from '../../testing/processes'
import { provisioned } from '../../testing/public-api'
import { inPipeline, PublicServer } from '../../testing/public-server'
import { digest, europe, PublicSync, unseen } from '../../testing/public-sync'

/* Commands of the documentation are run as they stand there, against the API itself on a port of its own. */

vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'public-api-'))
const env: Record<string, string> = { CONSOLE_TOKEN: provisioned('operator'), PATH: `${folder}:${process.env.PATH}` }
let sync: PublicSync
let server: PublicServer

beforeAll(async () => {
  const PORT = String(await freePort())
  server = new PublicServer(PORT)
  env.CONSOLE_URL = server.url
  sync = await PublicSync.start({ PORT })
  await server.listen()
  // What the cluster of the examples says.
  writeFileSync(join(folder, 'pods.json'), podList(2_000, 300))
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\ncat '${folder}/pods.json'\n`, { mode: 0o755 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
  await sync.close()
})
beforeEach(() => {
  server.asked.length = 0
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
  env.INSTANCE = await sync.console_.instance({
    namespaces: [{ name: 'payments', repositories: [{ name: 'api', tags: ['v1'] }] }],
    registries: [{ id: 3, name: 'frankfurt', type: 'swr-pro', status: 'healthy', url: 'https://harbor.example.com' }],
    policies: [policy],
  })
  await sync.console_.control('PUT', '/pace', { instance: env.INSTANCE, secondsPerTask: 0 })
  const blocks = shellBlocksOf('docs/api.md').filter((block) => block.includes('curl'))
  const lines = blocks.join('').trim().split('\n')
  const output = await bash(`set -euo pipefail\n${lines.join('\necho\n')}`, env)
  const answers = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  expect(answers).toMatchObject([
    { items: [{ id: 'default' }, { id: 'europe' }, { id: 'hongkong' }] },
    { items: [], total: 0 },
    { state: 'succeeded' },
    { cluster: 'production', images: 603, unreadable: 0 },
  ])
  expect(server.asked).toHaveLength(lines.length)
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
  const tags = ['v1', 'v2', 'v3']

  async function run(body: object, more: Record<string, string> = {}) {
    writeFileSync(request, JSON.stringify(body))
    return await inPipeline(command.trim().replace('images.json', request), { ...env, ...more })
  }
  const requestFor = (source: string, organization = source, region = europe) => ({
    images: [{ repository: `${source}/api`, tags }],
    targets: [{ region, organization }],
  })
  const plain = () => sync.twins([{ name: 'api', tags }])

  test('ends well when everything is verified', async () => {
    const source = await plain()
    const { code, output } = await run(requestFor(source))
    expect([code, output]).toEqual([0, expect.stringMatching(/done: 3 verified\nEverything arrived\.\n$/)])
    expect(output).not.toContain(env.CONSOLE_TOKEN)
    expect((await sync.console_.heldTags(source, [europe])).size).toBe(3)
  })

  test('follows a job with one request for each 55 seconds and three more: 25 for 20 minutes', async () => {
    const large = tags.map((name) => ({ name, size: 1_000_000_000 }))
    const source = await sync.twins([{ name: 'api', tags: large }], [], { secondsPerGigabyte: 3 })
    const begun = performance.now()
    expect(await run(requestFor(source))).toMatchObject({ code: 0 })
    const spans = (performance.now() - begun) / 1000
    expect(spans).toBeGreaterThan(8)
    expect(server.asked.length).toBeGreaterThan(5)
    expect(server.asked.length).toBeLessThanOrEqual(Math.ceil(spans) + 3)
  })

  test('ends well when a part is there already, and at once when all is', async () => {
    const source = await sync.twins(
      [{ name: 'api', tags: tags.map((name) => ({ name, digest: digest('a') })) }],
      [{ name: 'api', tags: [{ name: 'v1', digest: digest('a') }] }],
    )
    const first = await run(requestFor(source))
    expect([first.code, first.output]).toEqual([0, expect.stringContaining('done: 1 skipped, 2 verified')])
    const sent = await sync.console_.sentTags(source)
    const second = await run(requestFor(source))
    expect([second.code, second.output]).toEqual([0, expect.stringContaining('done: 3 skipped')])
    expect(await sync.console_.sentTags(source)).toEqual(sent)
  })

  test.each(['fault-never', 'fault-other'])('ends badly when %s has not arrived', async (odd) => {
    const source = await sync.twins([{ name: 'api', tags: ['v1', odd] }], [], { mood: 'as-recorded' })
    const images = [{ repository: `${source}/api`, tags: ['v1', odd] }]
    const { code, output } = await run({ ...requestFor(source), images })
    const line = `missing: ${source}/api:${odd} to ${europe}/${source}`
    expect([code, output]).toEqual([1, expect.stringContaining(line)])
    expect(output).toContain('done: 1 verified, 1 missing')
  })

  test.each([
    ['unverifiable', ''],
    ['failed', 'fault-403'],
    ['unknown', 'fault-hangup'],
  ])('ends badly when everything is %s', async (state, organization) => {
    const source = await plain()
    await sync.organization([], { region: unseen }, source)
    const { code, output } = await run(requestFor(source, organization || source, unseen))
    expect([code, output]).toEqual([1, expect.stringContaining(`${state}: ${source}/api:v2 to ${unseen}/`)])
    expect(output).toContain('Not everything arrived.')
  })

  test('ends badly when one tag is not there, or differs at the target', async () => {
    const source = await sync.twins(
      [{ name: 'api', tags: ['v1', 'v2'] }],
      [{ name: 'api', tags: [{ name: 'v2', digest: digest('f') }] }],
    )
    const { code, output } = await run(requestFor(source))
    expect([code, output]).toEqual([1, expect.stringContaining('done: 1 verified, 2 failed')])
    expect(output).toContain(`failed: ${source}/api:v2 to ${europe}/${source} other_digest`)
    expect(output).toContain(`failed: ${source}/api:v3 to ${europe}/${source} source_missing`)
  })

  test('ends badly when somebody cancels the job', async () => {
    const large = tags.map((name) => ({ name, size: 1_000_000_000 }))
    const source = await sync.twins([{ name: 'api', tags: large }], [], { secondsPerGigabyte: 3 })
    const running = run(requestFor(source))
    const id = await vi.waitFor(
      async () => {
        const follow = server.asked.find((each) => each.includes('wait='))
        expect(follow).toBeDefined()
        return follow?.match(/sync-jobs\/(\d+)/)?.[1]
      },
      { timeout: 20_000 },
    )
    const canceled = await fetch(`${env.CONSOLE_URL}/api/v1/connections/default/sync-jobs/${id}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.CONSOLE_TOKEN}` },
    })
    expect(canceled.status).toBe(202)
    expect(await running).toEqual({ code: 1, output: expect.stringContaining('canceled: ') })
  })

  test('started again with its key it follows the first job', async () => {
    const source = await plain()
    const both = [
      await run(requestFor(source), { SYNC_KEY: 'build-17' }),
      await run(requestFor(source), { SYNC_KEY: 'build-17' }),
    ]
    expect(both).toMatchObject([{ code: 0 }, { code: 0 }])
    expect(both[1]?.output.split('\n')[0]).toBe(both[0]?.output.split('\n')[0])
    expect(await sync.console_.sentTags(source)).toHaveLength(3)
  })

  test('goes on when an answer was lost: of the start, which goes on all the same, and of what it follows', async () => {
    const source = await plain()
    // Long enough for the first try to be under way when the second comes.
    await sync.console_.control('PUT', '/delay', { milliseconds: 700 })
    const unavailable = { status: 503, body: '{"code":"unavailable","state":null}' }
    server.broken.push(
      { path: /^POST .*\/sync-jobs$/, after: true, status: 504, body: '<html>504 Gateway Time-out</html>' },
      { path: /wait=/, ...unavailable },
      { path: /cells=all/, ...unavailable },
    )
    const { code, output } = await run(requestFor(source))
    await sync.console_.control('PUT', '/delay', { milliseconds: 0 })
    expect(server.broken).toEqual([])
    expect([code, output]).toEqual([0, expect.stringContaining('done: 3 verified\nEverything arrived.\n')])
    expect(await sync.console_.sentTags(source)).toHaveLength(3)
  })

  const nowhere = requestFor('payments')
  test.each<[string, Record<string, string>, object, string]>([
    ['a token that is none', { CONSOLE_TOKEN: 'swrc_x' }, nowhere, 'token_invalid'],
    ['a role that is too low', { CONSOLE_TOKEN: provisioned('viewer') }, nowhere, 'role_too_low'],
    ['a reference that is none', {}, { ...nowhere, images: [{ reference: 'api' }] }, 'body.images.0.reference'],
    ['no token', { CONSOLE_TOKEN: '' }, nowhere, 'CONSOLE_TOKEN'],
    ['nothing that could be sent', {}, requestFor('nobody-has-this'), 'sync_nothing'],
  ])('ends badly with %s', async (_, more, body, expected) => {
    expect(await run(body, more)).toEqual({ code: 1, output: expect.stringContaining(expected) })
  })

  test('does not wait for ever', async () => {
    const source = await plain()
    const ended = await run(requestFor(source), { SYNC_TIMEOUT: '0' })
    expect(ended).toEqual({ code: 1, output: expect.stringContaining('has not ended after 0 seconds; it goes on') })
  })
})
