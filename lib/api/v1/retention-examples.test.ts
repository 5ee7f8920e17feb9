import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { inUseClusters } from '../../db/retention-tables'
import { shellBlocksOf } from '../../testing/documentation'
import { freePort } from '../../testing/free-port'
import { dailyTags, retentionRule } from '../../testing/held-retention'
import { podList } from '../../testing/pods'
import { provisioned, startPublicRetention } from '../../testing/public-api'
import { inPipeline, PublicServer } from '../../testing/public-server'
import type { RetentionConsole } from '../../testing/retention-console'

/* Commands of the documentation are run as they stand there, against the API itself on a port of its own. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'retention-examples-'))
const commandOf = (script: string) =>
  shellBlocksOf('docs/api.md')
    .filter((block) => block.includes(script))
    .join('')
    .trim()
const env: Record<string, string> = { CONSOLE_TOKEN: provisioned('operator'), PATH: `${folder}:${process.env.PATH}` }
let console_: RetentionConsole
let close: () => Promise<void>
let server: PublicServer

beforeAll(async () => {
  const PORT = String(await freePort())
  server = new PublicServer(PORT)
  env.CONSOLE_URL = server.url
  ;({ console_, close } = await startPublicRetention({ source: { PORT } }))
  await server.listen()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
  await close()
})
/** As the scripts do, at the address that they use. */
async function ask(path: string, more: RequestInit = {}) {
  const headers = { authorization: `Bearer ${provisioned('operator')}`, 'content-type': 'text/plain' }
  const answer = await fetch(`${server.url}/api/v1${path}`, { headers, ...more })
  expect(answer.status).toBe(200)
  return await answer.json()
}

beforeEach(() => console_.db.delete(inUseClusters))

describe('the nightly example', () => {
  const run = (more: Record<string, string> = {}) =>
    inPipeline(commandOf('retention-nightly.sh'), {
      ...env,
      INSTANCE: console_.instanceId,
      RETENTION_WITHOUT_COPY: 'true',
      ...more,
    })
  const make = (keep = 2, tags = 6) =>
    console_.make({ repositories: [{ name: 'api', tags: dailyTags(tags) }], policy: { rules: [retentionRule(keep)] } })

  test('deletes what its dry run has shown, and ends well', async () => {
    await make()
    const { code, output } = await run({ RETENTION_REASON: 'nightly' })
    expect([code, output]).toEqual([0, expect.stringContaining('done: 4 of 4 tags deleted')])
    expect(output).toMatch(/delete: payments\/api@sha256:\w+ v1\n/)
    expect(output).toContain('2 tags stay, 4 go, 0 unknown, 0 differences')
    expect(output).not.toContain(env.CONSOLE_TOKEN)
    expect((await console_.held(console_.instanceId)).size).toBe(2)
  })

  test('goes on when answers were lost, and deletes once', async () => {
    await make()
    const unavailable = { status: 503, body: '{"code":"unavailable","state":null}' }
    server.broken.push(
      { path: /^POST .*\/dry-runs$/, after: true, status: 504, body: '<html>504 Gateway Time-out</html>' },
      { path: /dry-runs\/.*wait=/, ...unavailable },
      { path: /^POST .*\/runs$/, after: true, status: 504, body: '<html>504 Gateway Time-out</html>' },
    )
    const { code, output } = await run()
    expect(server.broken).toEqual([])
    expect([code, output]).toEqual([0, expect.stringContaining('done: 4 of 4 tags deleted')])
    expect(await console_.deletions()).toBe(1)
  })

  test('ends well where there is nothing to delete', async () => {
    await make(10)
    expect(await run()).toEqual({ code: 0, output: expect.stringContaining('There is nothing to delete.') })
    expect(await console_.deletions()).toBe(0)
  })

  test.each<[string, Record<string, string>, string]>([
    ['more goes than it may', { RETENTION_MAX_TAGS: '3' }, 'More than 3 tags would go: nothing was deleted.'],
    ['nobody has said that nothing comes back', { RETENTION_WITHOUT_COPY: 'false' }, 'without_copy'],
    ['the token may not', { CONSOLE_TOKEN: provisioned('viewer') }, 'role_too_low'],
    ['there is no token', { CONSOLE_TOKEN: '' }, 'CONSOLE_TOKEN'],
    ['it takes too long', { RETENTION_TIMEOUT: '0' }, 'has not ended after 0 seconds'],
  ])('ends badly when %s', async (_, more, expected) => {
    await make()
    expect(await run(more)).toEqual({ code: 1, output: expect.stringContaining(expected) })
    expect(await console_.deletions()).toBe(0)
    await vi.waitFor(async () => {
      const { armed } = await ask(`/connections/default/instances/${console_.instanceId}/retention/payments/7`)
      expect(armed.because).not.toBe('dry_run_running')
    }, 30_000)
  })

  test('ends badly while an image that goes is in use, and well with the reason of an admin', async () => {
    await make()
    const text = 'registry.example.com/payments/api:v1'
    await ask('/in-use/production', { method: 'PUT', body: text })
    expect(await run()).toEqual({ code: 1, output: expect.stringContaining('retention_in_use') })
    expect(await console_.deletions()).toBe(0)
    const admin = { CONSOLE_TOKEN: provisioned('admin'), RETENTION_REASON: 'the cluster is gone' }
    expect(await run(admin)).toEqual({ code: 0, output: expect.stringContaining('done: 4 of 4') })
  })
})

describe('the example for images in use', () => {
  const run = () => inPipeline(commandOf('in-use.sh'), env)
  const kubectl = (script: string) => writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const clusters = async () =>
    (await ask('/in-use')).items.map(({ cluster, images }: { cluster: string; images: number }) => [cluster, images])

  test('tells what runs in each context', async () => {
    writeFileSync(join(folder, 'pods.json'), podList(2_000, 300))
    kubectl(`cat '${folder}/pods.json'`)
    expect(await run()).toMatchObject({ code: 0 })
    expect(await clusters()).toEqual([
      ['production', 603],
      ['staging', 603],
    ])
  })

  test('ends badly where kubectl fails, and keeps what is known', async () => {
    writeFileSync(join(folder, 'pods.json'), podList(3))
    kubectl(`cat '${folder}/pods.json'`)
    await run()
    kubectl(`[ "$2" = staging ] && exit 1\ncat '${folder}/pods.json'`)
    expect(await run()).toEqual({ code: 1, output: expect.stringContaining('staging: the list was not taken') })
    expect(await clusters()).toEqual([
      ['production', 9],
      ['staging', 9],
    ])
  })
})
