import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RetentionImpact } from '../../contract/console/retention-impact'
import type { Retention } from '../../contract/swr/retention'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import type { InventoryState } from '../inventory/inventory'
import { impactOf } from './retention-impact'

const day = 86_400_000
const now = new Date('2026-03-01T00:00:00Z')
const image = (daysAgo: number, ...tags: string[]) => ({
  digest: `sha256:${daysAgo}`,
  size: 1,
  pushed: now.getTime() - daysAgo * day,
  pulled: 0,
  tags,
})
const looked: InventoryState = {
  at: now,
  repositories: [
    { name: 'library/nginx', images: [image(1, '3'), image(2, '2', 'two'), image(3), image(4, '1')] },
    { name: 'library/redis', images: [image(1, 'r1')] },
    { name: 'library-old/nginx', images: [image(1, 'x'), image(2, 'y'), image(3, 'z')] },
  ],
  tags: 8,
  complete: true,
  capped: false,
  problem: null,
  refreshing: false,
}
const rule: Retention['rules'][number] = {
  action: 'retain',
  template: 'latestPushedK',
  params: { latestPushedK: 1 },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
}
const policy = { algorithm: 'or', rules: [rule] }

test('counts the tags that no rule keeps, in the repositories of the namespace alone', async () => {
  expect(await impactOf(policy, 'library', looked, now)).toMatchObject({
    complete: true,
    total: { repositories: 1, tags: 3, untagged: 1 },
    unclear: 0,
    examples: ['library/nginx:2', 'library/nginx:two', 'library/nginx:1'],
  })
})

test('says of how many repositories nobody can tell', async () => {
  // Of one image alone the time does not matter.
  const undated = looked.repositories.map(({ name, images }) => ({
    name,
    images: images.map((each) => ({ ...each, pushed: 0 })),
  }))
  expect(await impactOf(policy, 'library', { ...looked, repositories: undated }, now)).toMatchObject({
    total: { repositories: 0, tags: 0, untagged: 0 },
    unclear: 1,
  })
})

test('names the first few only, and passes on what is wrong with the list', async () => {
  const tags = Array.from({ length: 30 }, (_, index) => `v${index}`)
  const many = { name: 'library/many', images: [image(1, 'new'), image(2, ...tags)] }
  const broken = {
    ...looked,
    repositories: [many],
    complete: false,
    problem: { status: 503, code: 'swr_failed' } as const,
  }
  const impact = await impactOf(policy, 'library', broken, now)
  expect(impact).toMatchObject({ complete: false, problem: 'swr_failed', total: { tags: 30 } })
  expect(impact.examples).toHaveLength(5)
})

let console_: SandboxedConsole
let viewer: TestMember
beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
})
afterAll(() => console_.close())

test('of a policy that is stored, by the images that are there', async () => {
  const tags = ['1', '2', '3'].map((name, index) => ({ name, pushed: `2026-01-0${index + 1}T10:00:00.000000Z` }))
  const instance = await console_.instance({
    namespaces: [{ name: 'library', repositories: [{ name: 'nginx', tags }] }],
    retentions: [{ ...policy, id: 4, name: 'keep', namespace_id: 1, namespace_name: 'library', enabled: false }],
  })
  const params = { connection: 'default', instance_id: instance, namespace_name: 'library', policy_id: '4' }
  const show = async (): Promise<RetentionImpact> => {
    const answer = await console_.own(viewer, 'retentionImpactShow', { params })
    expect(answer.status).toBe(200)
    const impact: RetentionImpact = await answer.json()
    if (!impact.refreshing) return impact
    await wait(100)
    return show()
  }
  expect(await show()).toMatchObject({
    complete: true,
    total: { repositories: 1, tags: 2 },
    examples: expect.arrayContaining(['library/nginx:1', 'library/nginx:2']),
  })
})
