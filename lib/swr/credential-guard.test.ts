import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Actor } from '../contract/actor'
import { type Problem, problemOf } from '../contract/problem'
import { keyRefusals } from '../db/schema'
import { parseEnv } from '../env/config'
import { demo } from '../sandbox/demo'
import type { Received } from '../sandbox/world'
import type { TestMember } from '../testing/console'
import { databases } from '../testing/database'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'
import { requestSwr } from './client'
import { proofMs } from './credential-guard'

const viewer: Actor = { id: 'v', name: 'V', email: 'v@example.com', role: 'viewer' }
const minute = 60_000
const right = 'TheRightSecretOfThisKey0001'
const wrong = 'AWrongSecretOfTheSameKey0001'

describe.each(databases())('refusals of a cloud key, kept in $name', ({ open }) => {
  let console_: SandboxedConsole
  let access = ''
  let count = 0
  const folder = mkdtempSync(`${tmpdir()}/console-keys-`)
  const secretFile = () => `${folder}/${access}`

  beforeAll(async () => {
    console_ = await startOnSandbox(open())
    vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  })
  afterAll(async () => {
    vi.useRealTimers()
    await console_.close()
    rmSync(folder, { recursive: true })
  })

  /** Connections that all have one new key, the secret of which is in a file. */
  const connect = async (inFile: string, ids = ['one']) => {
    count += 1
    access = `KEYOFTHEGUARD${Date.now()}${count}`
    await console_.control('POST', '/keys', { access, secret: right })
    writeFileSync(secretFile(), inFile)
    const [region, project, endpoint] = [demo.region, demo.project, console_.sandbox.url]
    const entry = { region, project, endpoint, access: { env: 'KEY' }, secret: { file: secretFile() } }
    const entries = ids.map((id) => ({ id, name: id, ...entry }))
    const env = { SWR_CONNECTIONS_FILE: '/connections', KEY: access }
    const read = (path: string) => (path === '/connections' ? JSON.stringify(entries) : inFile)
    Reflect.set(globalThis, Symbol.for('console.config'), parseEnv(env, read))
    becomeReplica()
  }
  /** From here on this process is one that remembers nothing but has the same database. */
  const becomeReplica = (memory = new Map()) => {
    Reflect.set(globalThis, Symbol.for('console.credentials'), memory)
    return memory
  }

  const ask = (connection = 'one') =>
    requestSwr(viewer, connection, 'instanceList', { params: {} }).then(
      () => null,
      (error: unknown) => problemOf(error),
    )
  /** A page asks several things at once. */
  const view = (connection = 'one') => Promise.all(Array.from({ length: 8 }, () => ask(connection)))
  const retry = (who: TestMember) => console_.own(who, 'connectionRetry', { params: { connection: 'one' } })
  const received = async () =>
    (await console_.control<{ requests: Received[] }>('GET', `/requests?access=${access}`)).requests
  const refused = async () => (await received()).filter(({ status }) => status === 401).length
  const stopped = (problem: Problem | null | undefined) => problem?.key?.stopped

  test('a wrong secret is tried once, again after a minute, then no more, however long a page goes on asking', async () => {
    await connect(wrong)
    const first = await view()
    expect(await refused()).toBe(1)
    expect(first.map((problem) => problem?.code)).toEqual(Array.from({ length: 8 }, () => 'swr_wrong_secret'))
    expect(first[3]?.key).toEqual({ connection: 'one', stopped: false, refusals: 1 })
    expect(first[0]?.retryAfter).toBe(60)
    vi.advanceTimersByTime(minute - 1)
    await view()
    expect(await refused()).toBe(1)
    for (let at = 0; at < 60; at += 1) {
      vi.advanceTimersByTime(minute)
      await ask()
    }
    expect(await refused()).toBe(2)
    expect((await ask())?.key).toEqual({ connection: 'one', stopped: true, refusals: 2 })
    expect(await refused()).toBe(2)
  })

  test('a restart knows what was refused before it', async () => {
    await connect(wrong)
    await view()
    becomeReplica()
    await view()
    expect(await refused()).toBe(1)
  })

  test('a key that is replaced while the console runs costs one refusal for each view, and two at most', async () => {
    await connect(right)
    expect(await view()).toEqual(Array.from({ length: 8 }, () => null))
    await console_.control('PUT', '/keys', { access, secret: 'AnotherSecretOfThisKey0001' })
    vi.advanceTimersByTime(proofMs)
    await view()
    expect(await refused()).toBe(1)
    for (let at = 0; at < 60; at += 1) {
      vi.advanceTimersByTime(minute)
      await view()
    }
    expect(await refused()).toBe(2)
    expect(stopped(await ask())).toBe(true)
  })

  test('the new secret in the file is used at once, without a restart', async () => {
    await connect(wrong)
    await view()
    vi.advanceTimersByTime(minute)
    await view()
    writeFileSync(secretFile(), right)
    expect(await view()).toEqual(Array.from({ length: 8 }, () => null))
    expect(await refused()).toBe(2)
    // While it is empty or gone, the one before stays.
    writeFileSync(secretFile(), '')
    vi.advanceTimersByTime(proofMs)
    expect(await ask()).toBeNull()
  })

  test('two replicas that ask at the same moment share the budget', async () => {
    await connect(wrong)
    const replicas = [new Map(), new Map()]
    for (let at = 0; at < 5; at += 1) {
      const asked = replicas.map((memory) => {
        becomeReplica(memory)
        return Array.from({ length: 4 }, () => ask())
      })
      await Promise.all(asked.flat())
      vi.advanceTimersByTime(minute)
    }
    expect(await refused()).toBe(2)
  })

  test('so do two connections with the same key', async () => {
    await connect(wrong, ['one', 'two'])
    for (let at = 0; at < 5; at += 1) {
      await Promise.all([view('one'), view('two')])
      vi.advanceTimersByTime(minute)
    }
    expect(await refused()).toBe(2)
    expect((await ask('two'))?.key).toMatchObject({ connection: 'two', stopped: true })
  })

  test('what is unreachable proves nothing: the next request still goes alone', async () => {
    await connect(wrong)
    const { url } = console_.sandbox
    const config = Reflect.get(globalThis, Symbol.for('console.config'))
    const [connection] = config.connections
    Reflect.set(connection, 'endpoint', 'http://127.0.0.1:9')
    expect((await view()).map((problem) => problem?.code)).toEqual(Array.from({ length: 8 }, () => 'swr_unreachable'))
    Reflect.set(connection, 'endpoint', url)
    await view()
    expect(await refused()).toBe(1)
  })

  test('however many secrets are tried, the key is never locked', async () => {
    await connect(wrong)
    for (let at = 0; at < 6; at += 1) {
      writeFileSync(secretFile(), `YetAnotherWrongSecret000${at}`)
      await view()
      vi.advanceTimersByTime(minute)
      await view()
    }
    expect(await refused()).toBe(4)
    const admin = await console_.member('admin')
    await retry(admin)
    expect(await refused()).toBe(5)
    writeFileSync(secretFile(), right)
    await retry(admin)
    expect(await ask()).toBeNull()
  })

  test('an admin may send one more request; it is in the audit log, and an operator may not', async () => {
    await connect(wrong)
    await view()
    vi.advanceTimersByTime(minute)
    await view()
    const [admin, operator] = [await console_.member('admin'), await console_.member('operator')]
    expect((await retry(operator)).status).toBe(403)
    expect(await (await retry(admin)).json()).toMatchObject({
      code: 'swr_wrong_secret',
      key: { connection: 'one', stopped: true, refusals: 3 },
    })
    await view()
    expect(await refused()).toBe(3)
    const listed = await console_.own(operator, 'connectionList', { params: {} })
    expect(await listed.json()).toMatchObject({
      connections: [{ id: 'one', key: 'stopped', code: 'swr_wrong_secret' }],
    })
    await console_.control('PUT', '/keys', { access, secret: wrong })
    expect(await (await retry(admin)).json()).toMatchObject({ connection: { key: 'accepted', refusals: 0 } })
    expect(await view()).toEqual(Array.from({ length: 8 }, () => null))
    const entries = await console_.entries({ operation: 'connectionRetry' })
    expect(entries.slice(-3)).toMatchObject([
      { outcome: 'denied', actorName: operator.email },
      { outcome: 'refused', code: 'swr_wrong_secret', kind: 'connection', objectId: 'one', objectName: 'one' },
      { outcome: 'done', actorName: admin.email, connection: 'one' },
    ])
  })

  test('a lock by somebody else ends by itself: it is no refusal of the secret', async () => {
    await connect(right)
    Reflect.set(globalThis, Symbol.for('console.config'), parseEnvWith(wrong))
    // Somebody else: nothing of it is in this database.
    for (let at = 0; at < 6; at += 1) await badlySigned()
    Reflect.set(globalThis, Symbol.for('console.config'), parseEnvWith(right))
    const [first] = await view()
    expect(first).toMatchObject({ code: 'swr_key_locked', retryAfter: 300, key: { stopped: false } })
    vi.advanceTimersByTime(5 * minute)
    expect(await ask()).toBeNull()
  })

  test('neither key nor secret is in the database', async () => {
    await connect(wrong)
    await view()
    const stored = JSON.stringify(await console_.db.select().from(keyRefusals))
    expect(stored).toContain('swr_wrong_secret')
    for (const secret of [access, wrong, right]) expect(stored).not.toContain(secret)
  })

  function parseEnvWith(secret: string) {
    const source = {
      SWR_CONNECTIONS_FILE: '/connections',
      KEY: access,
      SECRET: secret,
    }
    const [region, project, endpoint] = [demo.region, demo.project, console_.sandbox.url]
    const entry = {
      id: 'one',
      name: 'one',
      region,
      project,
      endpoint,
      access: { env: 'KEY' },
      secret: { env: 'SECRET' },
    }
    return parseEnv(source, () => JSON.stringify([entry]))
  }
  /** With a memory and a database of its own, as another program has. */
  async function badlySigned() {
    becomeReplica()
    await console_.db.delete(keyRefusals)
    await ask()
    await console_.db.delete(keyRefusals)
    becomeReplica()
  }
})
