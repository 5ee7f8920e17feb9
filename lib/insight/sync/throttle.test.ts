import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { identity } from '../../auth/identity'
import { insertCells } from '../../db/sync-cells'
import { startJob } from '../../jobs/runner'
import { insertJob } from '../../jobs/store'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'
import { syncJobType } from './job-type'

vi.setConfig({ testTimeout: 60_000 })

const europe = 'eu-west-101'
const digest = `sha256:${'a'.repeat(64)}`
const access = 'SANDBOXDEMOACCESS0001'

describe.each(databases())('"too many requests" on $name', ({ open }) => {
  let console_: SyncConsole
  let operator: TestMember
  beforeAll(async () => {
    console_ = await startSyncConsole({ opening: open() })
    operator = await console_.member('operator')
  })
  afterAll(() => console_.close())

  /** Each organization has the same tag, and is empty at the target. */
  async function organization(name: string) {
    const repositories = [{ name: 'api', tags: [{ name: 'v1', digest }] }]
    await console_.control('POST', '/organizations', { name, repositories })
    await console_.control('POST', '/organizations', { name, region: europe, repositories: [] })
    return name
  }
  const start = (source: string) =>
    console_.startSync(operator, {
      images: [{ repository: `${source}/api`, tags: ['v1'] }],
      targets: [{ region: europe, organization: source }],
    })
  /** The same without asking SWR for anything, which would wait as well. */
  async function startUnasked(source: string) {
    const known = await identity()
    const job = await insertJob(known.db, syncJobType, {
      ...{ connection: 'default', actorId: operator.id, actorName: operator.email, role: 'operator', size: 1 },
      data: {
        ...{ repositories: 1, tags: 1, bytes: 1, throttledUntil: null, throttledBy: null },
        targets: [{ region: europe, organization: source, connection: 'europe' }],
      },
    })
    const cell = { index: 0, target: 0, digest, size: 1, overwrite: false, state: 'waiting', reason: null } as const
    await insertCells(known.db, job.id, job.version, [{ ...cell, repository: `${source}/api`, tag: 'v1' }])
    startJob(known, job)
    return job
  }
  const throttled = (id: number) =>
    vi.waitFor(
      async () => {
        const shown = await console_.showSync(operator, id)
        expect(shown.job.throttledUntil).not.toBeNull()
        return shown
      },
      { timeout: 12_000, interval: 5 },
    )

  test('holds every job of the connection, also one in a console that was not told, and each says until when', async () => {
    await console_.control('PUT', '/throttle', { access, syncCalls: 0, retryAfterSeconds: 15 })
    const [told, untold] = [await organization('told'), await organization('untold')]
    const first = await start(told)
    const { job, cells } = await throttled(first.id)
    // Both at once: the time is never shown beside a cell that seems to be under way.
    expect(cells).toMatchObject([{ state: 'waiting', attempts: 1 }])
    await console_.control('PUT', '/throttle', { access, syncCalls: null })
    // As in another process: all that is left is what the database knows.
    Reflect.set(globalThis, Symbol.for('console.pauses'), new Map())
    const second = await startUnasked(untold)
    const other = await throttled(second.id)
    const apart = Date.parse(other.job.throttledUntil ?? '') - Date.parse(job.throttledUntil ?? '')
    expect(Math.abs(apart)).toBeLessThan(1_500)
    expect(await console_.syncCalls(untold)).toEqual([])
    for (const { id } of [first, second])
      expect((await console_.endedSync(operator, id)).job).toMatchObject({
        counts: { verified: 1 },
        throttledUntil: null,
        throttledBy: null,
      })
    expect((await console_.syncCalls(told)).map(({ status }) => status)).toEqual([429, 200])
    expect((await console_.syncCalls(untold)).map(({ status }) => status)).toEqual([200])
  })
})
