import { afterEach, describe, expect, test, vi } from 'vitest'
import { type ProblemCode, ProblemError } from '@/lib/contract/problem'
import {
  bulkJobs,
  dismissBulk,
  markBulkShown,
  type Sent,
  sendAgain,
  startBulk,
  stopBulk,
  undoOf,
  unfinished,
} from './job'

const policies = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `policy-${index + 1}`,
    filters: [],
    content_hash: `hash-${index + 1}`,
  }))
const at = { connection: 'c', instance: 'i' }
const done: Sent = { state: 'done' }
const refusal = (code: ProblemCode) => Promise.reject(new ProblemError({ status: 400, code }))
const states = () => bulkJobs()[0]?.items.map(({ state }) => state)

afterEach(() => {
  for (const { id } of bulkJobs()) dismissBulk(id)
})

describe('an act on many policies', () => {
  test('goes on after a refusal in the middle, and sends that one again', async () => {
    const work = vi.fn(
      (policy: { id?: number }, again: boolean): Promise<Sent> =>
        policy.id === 3 && !again ? refusal('swr_conflict') : Promise.resolve(done),
    )
    const ended = vi.fn()
    await startBulk({ at, act: 'delete', policies: policies(6), work, ended })
    expect(states()).toEqual(['done', 'done', 'refused', 'done', 'done', 'done'])
    expect(bulkJobs()[0]?.items[2]).toMatchObject({ problem: { code: 'swr_conflict' } })
    expect(ended).toHaveBeenCalledTimes(1)
    await sendAgain(1)
    expect(states()).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
    expect(bulkJobs()[0]?.items[2]).not.toHaveProperty('problem')
    expect(work).toHaveBeenCalledTimes(7)
  })

  test('ends early when asked, waits for what was sent, and says what was not tried', async () => {
    const answers: (() => void)[] = []
    const work = () => new Promise<Sent>((resolve) => answers.push(() => resolve(done)))
    const running = startBulk({ at, act: 'enable', policies: policies(6), work, ended: () => {} })
    expect(states()?.filter((state) => state === 'sending')).toHaveLength(4)
    stopBulk(1)
    for (const answer of answers) answer()
    await running
    expect(states()).toEqual(['done', 'done', 'done', 'done', 'not_tried', 'not_tried'])
    expect(bulkJobs()[0]).toMatchObject({ running: false, stopping: false })
  })

  test.each(['not_signed_in', 'swr_wrong_secret', 'swr_throttled', 'offline'] as const)(
    '%s would meet every one: the others are not tried',
    async (code) => {
      const work = vi.fn(() => refusal(code))
      await startBulk({ at, act: 'run', policies: policies(20), work, ended: () => {} })
      expect(work).toHaveBeenCalledTimes(4)
      expect(states()?.filter((state) => state === 'not_tried')).toHaveLength(16)
    },
  )

  test('a run that may have begun is not sent a second time', async () => {
    const work = () => refusal('swr_timeout')
    await startBulk({ at, act: 'run', policies: policies(1), work, ended: () => {} })
    await startBulk({ at, act: 'disable', policies: policies(1), work, ended: () => {} })
    expect(bulkJobs().map((job) => [job.items[0]?.state, unfinished(job).length])).toEqual([
      ['unclear', 0],
      ['unclear', 1],
    ])
  })

  test('that is over before anybody was led to it is still to be shown, once', async () => {
    const work = async () => done
    await startBulk({ at, act: 'disable', policies: policies(1), work, ended: () => {} })
    expect(bulkJobs()[0]).toMatchObject({ running: false, shown: false })
    markBulkShown(1)
    await sendAgain(1)
    expect(bulkJobs()[0]).toMatchObject({ running: false, shown: true })
  })

  test('results stay beside those of the next act until each is dismissed', async () => {
    const work = async () => done
    await startBulk({ at, act: 'enable', policies: policies(1), work, ended: () => {} })
    await startBulk({ at, act: 'disable', policies: policies(1), work, ended: () => {} })
    expect(bulkJobs().map(({ act }) => act)).toEqual(['enable', 'disable'])
    dismissBulk(1)
    expect(bulkJobs().map(({ act }) => act)).toEqual(['disable'])
  })

  test('is taken back for those that it has changed, each read anew', async () => {
    const work = vi.fn(
      ({ id }: { id?: number }): Promise<Sent> => Promise.resolve(id === 2 ? { state: 'already' } : done),
    )
    await startBulk({ at, act: 'disable', policies: policies(3), work, ended: () => {} })
    const [job] = bulkJobs()
    const undo = job && undoOf(job)
    if (!undo) throw new Error('nothing to undo')
    expect(undo).toMatchObject({ act: 'enable', policies: [{ id: 1 }, { id: 3 }] })
    await startBulk({ at, ...undo, work, ended: () => {}, again: true })
    expect(work.mock.lastCall).toMatchObject([{ id: 3 }, true])
    await startBulk({ at, act: 'delete', policies: policies(1), work, ended: () => {} })
    const deleted = bulkJobs().at(-1)
    expect(deleted && undoOf(deleted)).toBeUndefined()
  })
})
