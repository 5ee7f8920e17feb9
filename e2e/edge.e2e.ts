import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { APIRequestContext } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { OwnConsole } from './own-console'
import { admin, post, signInBy, stranger } from './people'

const nowhere = '00000000-0000-4000-8000-000000000000'

/** As written: clients of browsers and tests would tidy it up. */
async function raw(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  const { host, port } = new URL(address.console)
  const sent = httpRequest({ host: '127.0.0.1', port, path, ...options, headers: { host, ...options.headers } })
  sent.end()
  const [answer]: IncomingMessage[] = await once(sent, 'response')
  answer?.resume()
  return answer?.statusCode
}

test('each response has the headers of security, whoever writes it', async ({ request, asAdmin, place }) => {
  const own = await place({})
  const from = (client: APIRequestContext, path: string) => client.get(address.console + path, { maxRedirects: 0 })
  const page = await (await from(request, routes.home())).text()
  const script = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? ''
  expect(script).not.toBe('')
  const paths = [
    ...[
      routes.home(),
      routes.signIn(),
      routes.replication(own),
      '/nothing/at/all',
      '/icon.svg',
      '/icon.svgx',
      '/favicon.ico',
    ],
    ...[script, '/_next/static/nothing.js', '/_next/image?url=/favicon.ico&w=3840&q=75'],
    ...[
      '/api/health',
      '/api',
      '/api/nothing',
      '/api/swr/default',
      '/api/swr/default/v2/-/instances',
      '/api/console/users',
    ],
    ...['/api/console/audit/export?format=csv', '/api/console/audit/export?format=nothing', '/api/auth/nothing'],
  ]
  for (const path of paths) {
    const headers = (await from(asAdmin, path)).headers()
    expect.soft(headers, path).toMatchObject({
      'content-security-policy': expect.stringMatching(/frame-ancestors 'none'/),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    // One policy: two would both hold.
    expect.soft(headers['content-security-policy']?.match(/default-src/g), path).toHaveLength(1)
    const isPage = headers['content-type']?.startsWith('text/html')
    expect.soft(headers['content-security-policy'], path).toContain(isPage ? "'strict-dynamic'" : "default-src 'none'")
  }
})

test('nonsense of strangers is refused, and is no failure of the console', async ({ elsewhere }) => {
  expect(await raw('/', { method: 'TRACE' })).toBe(405)
  expect(await raw('/api/swr/default/%')).toBe(400)
  expect(await raw('/', { headers: { 'next-router-state-tree': 'nonsense', rsc: '1' } })).toBe(400)
  expect(await raw('/_next/image?url=/favicon.ico&w=3840&q=75', { headers: { host: 'evil.test' } })).toBe(404)
  const ownName = (to: string) => raw(`/api/own-name?to=${to}`)
  for (const to of ['/%0a/evil.test', '//evil.test', '/%5Cevil.test', 'evil']) expect(await ownName(to)).toBe(400)
  expect(await ownName('/a%3Fb=c')).toBe(307)
  const answer = await elsewhere.get('/api/swr/default')
  expect([answer.status(), await answer.json()]).toEqual([404, { status: 404, code: 'not_in_contract' }])
})

test.describe('what leads nowhere', () => {
  test.use({ role: 'viewer', expectedErrors: [/status of (404|422)/] })

  test('is told with the right status, and once', async ({ page, place, request }) => {
    const own = await place({})
    const alert = page.getByRole('main').getByRole('alert')
    const missing = { connection: 'default', instance: nowhere }
    for (const path of [
      routes.instance(missing),
      routes.replication(missing),
      routes.retention(missing),
      routes.checks(missing),
      routes.week(missing),
      routes.instance({ connection: 'nowhere', instance: 'a' }),
      routes.replicationPolicy(own, 77),
      routes.retentionPolicy(own, 'library', 77),
      routes.replicationRun(own, 77, 1),
    ]) {
      expect.soft((await page.goto(path))?.status(), path).toBe(404)
      await expect.soft(alert, path).toHaveCount(1)
      await expect.soft(alert, path).toContainText(/Not found in SWR|Connection not found/)
    }
    const odd = await page.goto(routes.auditView({ from: '0000-01-01T00:00:00Z' }))
    expect(odd?.status()).toBeLessThan(500)
    await expect(alert).toHaveCount(1)
    const parts = `/api/console/instances/default/${own.instance}/replication/9999999999999999999/partial-runs`
    expect((await request.get(parts)).status()).toBe(422)
  })
})

test.describe('a console of its own', () => {
  test.describe.configure({ timeout: 180_000 })

  test('300 upgrades are answered and leave nothing open', async () => {
    const console_ = await OwnConsole.make()
    await console_.start()
    // Other systems do not tell the open files of a process; there, only the answers are looked at.
    const open = () => (process.platform === 'linux' ? readdirSync(`/proc/${console_.pid}/fd`).length : 0)
    const { port } = new URL(console_.url)
    const upgrade = async () => {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(
        `GET /x/y/z HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      )
      const [answer]: Buffer[] = await once(socket, 'data')
      socket.destroy()
      return String(answer).split('\r\n', 1)[0]
    }
    await upgrade()
    const before = open()
    const answers = await Promise.all(Array.from({ length: 300 }, upgrade))
    expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 404 Not Found']))
    await expect.poll(open).toBeLessThan(before + 20)
    await console_.remove()
  })

  test('a database that refuses puts no token, no hash and no address into the log', async ({ elsewhere }) => {
    const console_ = await OwnConsole.make()
    await console_.start()
    const asked = (path: string, data: object) => post(elsewhere, path, data, console_.url)
    await signInBy(elsewhere, admin, console_.url)
    const person = stranger('viewer')
    const { email, name, role } = person
    const { link } = await (await asked('/api/console/users', { email, name, role })).json()
    await console_.kill()
    await console_.execute(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused by a trigger'; end $$;
      create trigger refuse before insert or update on accounts for each row execute function refuse();
      create trigger refuse before delete on sessions for each row execute function refuse();
    `)
    await console_.start()
    const token = new URL(link.url).hash.slice(1)
    expect((await asked('/api/auth/reset-password', { token, newPassword: person.password })).status()).toBe(500)
    expect((await asked('/api/auth/sign-out-everywhere', {})).status()).toBe(500)
    // A new sign-in ends the former session.
    await signInBy(elsewhere, admin, console_.url)
    const { cookies } = await elsewhere.storageState()
    const sessions = cookies.filter(({ name }) => name.endsWith('session_token')).map(({ value }) => value)
    expect(sessions).toHaveLength(1)
    await console_.kill()

    expect(console_.output).toContain('refused by a trigger')
    const secrets = [
      token,
      person.email,
      admin.email,
      admin.password,
      ...sessions.map((value) => value.split('.')[0] ?? ''),
    ]
    for (const secret of secrets) expect(console_.output).not.toContain(secret)
    expect(console_.output).not.toMatch(/[0-9a-f]{32}:[0-9a-f]{64}/)
    for (const line of console_.output.trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow()
    await console_.remove()
  })
})
