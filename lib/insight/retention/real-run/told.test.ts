import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../../../contract/problem'
import { systemActor } from '../../../contract/system-actor'
import { changeImages, imagesOf, insertImages } from '../../../db/retention-images'
import { Later } from '../../../jobs/job'
import { heldPolicy, namespace, policyId } from '../../../testing/held-retention'
import { testJob, testKind, testStore } from '../../../testing/jobs'
import { type SandboxedConsole, startOnSandbox } from '../../../testing/sandbox'
import { atNext } from '../../../testing/swr-hooks'
import { readAndKeep } from './told'

/* What is entered of a run that SWR has ended, where its namespace cannot be listed whole. */

vi.mock('../../../swr/client', async (original) => (await import('../../../testing/swr-hooks')).hooked(original))

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const [kept, gone, left] = ['a', 'b', 'c'].map(digest)
const hour = 3_600_000

let console_: SandboxedConsole
let instance = ''
let job: Awaited<ReturnType<typeof testJob>>
beforeAll(async () => {
  console_ = await startOnSandbox()
  instance = await console_.instance({
    namespaces: [
      {
        name: namespace,
        repositories: [
          {
            name: 'api',
            tags: [
              { name: 'kept', digest: kept },
              { name: 'left', digest: left },
            ],
          },
          { name: 'web', tags: ['v1'] },
        ],
      },
    ],
    retentions: [heldPolicy()],
    retentionExecutions: [{ id: 5, policy_id: policyId, dry_run: false, status: 'Succeed', trigger: 'manual' }],
    retentionTasks: { 5: [{ id: 1, execution_id: 5, repository: 'api', status: 'Succeed', total: 3, retained: 1 }] },
    retentionSubtasks: {
      1: [
        { id: 1, repository: 'api', tag: 'gone', digest: gone, action: 'DEL', status: 'Succeed' },
        // Brought back since.
        { id: 2, repository: 'api', tag: 'left', digest: left, action: 'DEL', status: 'Succeed' },
      ],
    },
  })
})
afterAll(() => console_.close())
beforeEach(async () => {
  job = await testJob(console_.db, testKind())
  const common = { repository: `${namespace}/api`, size: 1, pushed: null, pulled: null, rule: 0, because: null }
  const rows = Object.entries({ kept, gone, left }).map(([name, each], index) => ({
    ...common,
    index,
    digest: each ?? '',
    tags: [name],
    swr: 'unknown' as const,
    ours: 'delete' as const,
    immutable: null,
    differs: false,
    inUse: [],
  }))
  await insertImages(console_.db, job.id, 1, rows)
})

const restored = (...indexes: number[]) =>
  changeImages(
    console_.db,
    job.id,
    2,
    indexes.map((index) => ({ index, restore: 'restored' })),
  )

async function read({ msSince = 0 } = {}) {
  const { db } = console_
  const at = new Date(Date.now() - msSince)
  const place = { connection: 'default', instance, namespace, policy: policyId }
  const write = (change: (tx: typeof db, version: number) => Promise<void>) => change(db, 3)
  const ended = { id: 5, status: 'Succeed', end_time: at.toISOString() }
  await readAndKeep(
    { actor: systemActor, check: () => {}, store: testStore(db), job: { ...job, at } },
    place,
    { id: job.id, execution: 5, write },
    { succeeded: true, ended },
  )
}

const entered = async () =>
  (await imagesOf(console_.db, job.id)).map(({ tags, swr, restore }) => [tags.join(), swr, restore])
const fails = (code: 'swr_forbidden' | 'swr_unknown_key') =>
  atNext('namespaceRepositoryList', () => Promise.reject(new ProblemError({ status: 502, code })))

test('of what was brought back that alone is gone again which a whole list leaves out', async () => {
  await restored(1, 2)
  await read()
  expect(await entered()).toEqual([
    ['kept', 'keep', 'none'],
    ['gone', 'delete', 'none'],
    ['left', 'delete', 'restored'],
  ])
})

test('a list that is cut unsays nothing that was brought back', async () => {
  await restored(1, 2)
  atNext('artifactList', async (answer) => {
    const page = await answer()
    return { ...Object(page), artifacts: [], total: 2 }
  })
  await read()
  expect((await entered()).slice(1)).toEqual([
    ['gone', 'delete', 'restored'],
    ['left', 'delete', 'restored'],
  ])
})

test('a namespace that nobody may list unsays nothing that was brought back', async () => {
  await restored(2)
  fails('swr_forbidden')
  await read()
  expect(await entered()).toEqual([
    ['kept', 'unknown', 'none'],
    ['gone', 'delete', 'none'],
    ['left', 'delete', 'restored'],
  ])
})

test('what is brought back while the namespace is listed stays so', async () => {
  atNext('namespaceRepositoryList', async (answer) => {
    await restored(1)
    return await answer()
  })
  await read()
  expect((await entered())[1]).toEqual(['gone', 'delete', 'restored'])
})

test('what SWR has deleted is entered before the list is waited for, and for an hour', async () => {
  const withoutList = [
    ['kept', 'unknown', 'none'],
    ['gone', 'delete', 'none'],
    ['left', 'delete', 'none'],
  ]
  fails('swr_unknown_key')
  await expect(read({ msSince: hour / 2 })).rejects.toThrow(Later)
  expect(await entered()).toEqual(withoutList)
  await read()
  expect((await entered())[0]).toEqual(['kept', 'keep', 'none'])
  fails('swr_unknown_key')
  await read({ msSince: hour + 1_000 })
  expect(await entered()).toEqual(withoutList)
})
