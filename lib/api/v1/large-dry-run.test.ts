import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { publicSchemas } from '../../contract/v1/schemas'
import type { NewImage } from '../../db/retention-images'
import { namespace, policyId } from '../../testing/held-retention'
import { largeRetentionJobs } from '../../testing/large-retention'
import { longestStall } from '../../testing/longest-stall'
import { askPublic, disagreements, provisioned, startPublicRetention } from '../../testing/public-api'
import type { RetentionConsole } from '../../testing/retention-console'
import { publicApiHandler } from './handler'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const limitMs = 250
/** Of one piece: hundreds of images, not thousands. */
const pieceBytes = 200_000
const viewer = provisioned('viewer')

let console_: RetentionConsole
let close: () => Promise<void>
beforeAll(async () => {
  ;({ console_, close } = await startPublicRetention())
  await console_.make({ repositories: [] })
})
afterAll(() => close())

async function made(images?: readonly NewImage[]) {
  const place = { instance: console_.instanceId, namespace, policy: policyId }
  const { dry_run_id: id } = await largeRetentionJobs(console_.db, place, images)
  return `/connections/default/instances/${place.instance}/retention/${namespace}/${policyId}/dry-runs/${id}`
}
const url = (path: string) => `http://127.0.0.1:3000/api/v1${path}`
const headers = { host: '127.0.0.1:3000', authorization: `Bearer ${viewer}` }

test('all verdicts of a large one are answered, in pieces, while others are served', async () => {
  const path = await made()
  const stall = await longestStall(async () => {
    const answer = await askPublic(viewer, 'GET', path)
    expect(disagreements('retentionDryRunShow', answer)).toBeNull()
    const { repositories, differences, seen } = publicSchemas.retentionDryRunShow.response.parse(answer.json)
    expect([repositories.length, differences, seen]).toEqual([50, [], true])
    // A repository is named once, however its images are mixed with those of others.
    expect(new Set(repositories.map(({ name }) => name)).size).toBe(50)
    const artifacts = repositories.flatMap((repository) => repository.artifacts)
    expect(new Set(artifacts.map(({ digest }) => digest)).size).toBe(20_000)
    expect(artifacts.filter(({ decision }) => decision === 'delete')).toHaveLength(10_000)
  }, limitMs)
  expect(stall).toBeLessThan(limitMs)
})

test('it counts as read once the last of it is on its way, and is made as it is taken', async () => {
  const path = await made()
  const isSeen = async () =>
    (
      await console_.ok(await console_.member('viewer'), 'retentionDryRunShow', {
        params: { dry_run_id: path.replace(/.*\//, '') },
      })
    ).dryRun.seen
  const reader = (await publicApiHandler(new Request(url(path), { headers }))).body?.getReader()
  for (let piece = 0; piece < 5; piece++) {
    const { value } = (await reader?.read()) ?? {}
    expect(value?.length).toBeLessThan(pieceBytes)
  }
  await reader?.cancel()
  expect(await isSeen()).toBeNull()
  // Of HEAD nothing is read.
  expect((await askPublic(viewer, 'HEAD', path)).status).toBe(200)
  expect(await isSeen()).toBeNull()
  await (await publicApiHandler(new Request(url(path), { headers }))).text()
  expect(await isSeen()).not.toBeNull()
})

test('differences and odd names come through as they are', async () => {
  const image = (index: number, repository: string, more: Partial<NewImage> = {}): NewImage => ({
    ...{ index, repository, digest: `sha256:${index}`, tags: [], size: 1, pushed: null, pulled: null },
    ...{ swr: 'keep', ours: 'keep', rule: 0, because: null, immutable: null, differs: false, inUse: [] },
    ...more,
  })
  const odd = 'payments/"]}\u2028'
  const path = await made([
    image(0, 'payments/api', { swr: 'delete', ours: 'unsure', because: 'tie', differs: true, tags: ['a', 'b'] }),
    image(1, odd),
    image(4, 'payments/api', { ours: 'unsure', because: 'tie' }),
    image(9, odd, { swr: 'immutable', ours: 'delete', differs: true }),
  ])
  const { json } = await askPublic(viewer, 'GET', path)
  expect(json).toMatchObject({
    repositories: [
      {
        name: 'payments/api',
        artifacts: [
          { digest: 'sha256:0', tags: ['a', 'b'], decision: 'delete' },
          { digest: 'sha256:4', tags: [], decision: 'unknown' },
        ],
      },
      {
        name: odd,
        artifacts: [
          { digest: 'sha256:1', tags: [], decision: 'keep' },
          { digest: 'sha256:9', tags: [], decision: 'keep' },
        ],
      },
    ],
    differences: [
      { repository: 'payments/api', digest: 'sha256:0', decision: 'delete', ours: 'unsure', because: 'tie' },
      { repository: odd, digest: 'sha256:9', decision: 'keep', ours: 'delete' },
    ],
    seen: true,
  })
  const nothing = await askPublic(viewer, 'GET', await made([]))
  expect([disagreements('retentionDryRunShow', nothing), nothing.json.repositories]).toEqual([null, []])
})
