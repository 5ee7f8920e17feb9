import { beforeEach, expect, test, vi } from 'vitest'
import { type Problem, ProblemError } from '../../contract/problem'
import { systemActor } from '../../contract/system-actor'
import { usualAgeMs } from './lists'
import { sourceLists } from './source-lists'
import { type TagLists, tagLists } from './tag-lists'

vi.mock('./tag-lists')

const repository = 'team/api'
const image = { repository, tag: 'v1', digest: `sha256:${'a'.repeat(64)}`, size: 1, updated: '' }
const at = new Date(0)
const good: TagLists = {
  tags: new Map([[repository, { byName: new Map([['v1', image]]), complete: true }]]),
  ages: [{ at }],
  problems: new Map(),
}
const failing = (problem: Problem): TagLists => ({
  tags: new Map([[repository, null]]),
  ages: [],
  problems: new Map([[repository, problem]]),
})
const read = () =>
  sourceLists(
    systemActor,
    'default',
    ['v1', 'v2'].map((tag) => ({ repository, tag })),
    usualAgeMs + 1,
  )

beforeEach(() => void vi.mocked(tagLists).mockReset().mockResolvedValueOnce(good))

test('a second look that fails concerns the tags alone that the list lacked', async () => {
  vi.mocked(tagLists).mockResolvedValueOnce(failing({ status: 502, code: 'swr_failed' }))
  const { tags, unread, problems } = await read()
  expect(tags).toEqual(good.tags)
  expect(Object.fromEntries(unread)).toEqual({ 'team/api:v2': 'swr_failed' })
  expect(problems.size).toBe(0)
})

test('a key that is refused at the second look concerns all', async () => {
  const key = { connection: 'default', stopped: false, refusals: 1 }
  const problem = { status: 502, code: 'swr_wrong_secret', key } as const
  vi.mocked(tagLists).mockResolvedValueOnce(failing(problem))
  await expect(read()).rejects.toThrow(ProblemError)
})
