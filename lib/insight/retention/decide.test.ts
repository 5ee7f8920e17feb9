import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../contract/actor'
import type { DecidedImage, RetentionDecisions } from '../../contract/console/retention-decisions'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { decideNamespace } from './decided'

const actor: Actor = { id: '1', email: '', name: '', role: 'viewer' }

const namespace = 'payments'
const day = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * day - 3_600_000).toISOString()
const hex = (letter: string) => `sha256:${letter.repeat(64)}`

const rule = (template: string, amount: number, more: object = {}) => ({
  priority: 0,
  action: 'retain',
  template,
  params: { [template]: amount },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  repo_scope_mode: 'regular',
  disabled: false,
  ...more,
})
const policy = (more: object = {}) => ({
  id: 7,
  name: 'clean-up',
  namespace_id: 1,
  namespace_name: namespace,
  algorithm: 'or',
  enabled: false,
  rules: [rule('latestPushedK', 2)],
  trigger: { type: 'manual' },
  ...more,
})
const immutable = (more: object = {}) => ({
  id: 5,
  namespace_id: 1,
  namespace_name: namespace,
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v1' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  ...more,
})
/** Five images, one pushed a day after the other; `v5` is the newest. */
const api = {
  name: 'api',
  tags: [1, 2, 3, 4, 5].map((at) => ({
    name: `v${at}`,
    digest: hex(String(at)),
    size: 10 * at,
    pushed: daysAgo(6 - at),
  })),
}

describe.each(databases())('the what-if of retention on $name', ({ open }) => {
  let console_: SandboxedConsole
  let viewer: TestMember
  let operator: TestMember

  beforeAll(async () => {
    console_ = await startOnSandbox(open())
    viewer = await console_.member('viewer')
    operator = await console_.member('operator')
  })
  afterAll(() => console_.close())

  const make = (content: object = {}) =>
    console_.instance({
      namespaces: [
        { name: namespace, repositories: [api] },
        { name: 'other', repositories: [{ name: 'web', tags: ['x'] }] },
      ],
      retentions: [policy()],
      ...content,
    })
  async function decide(instance: string, body: object): Promise<RetentionDecisions> {
    const params = { connection: 'default', instance_id: instance }
    const answer = await console_.own(viewer, 'retentionDecide', { params, body: { namespace, ...body } as never })
    expect(answer.status).toBe(200)
    const decisions: RetentionDecisions = await answer.json()
    if (!decisions.refreshing) return decisions
    await wait(100)
    return decide(instance, body)
  }
  const words = (images: readonly DecidedImage[]) =>
    images.map(({ tags, decision, before }) => [tags.join('+'), before, decision])

  test('what an immutable tag rule holds is told before it is deleted', async () => {
    const instance = await make({ immutableRules: [immutable()] })
    const found = await decide(instance, { policy: 7, immutable: [] })
    expect(found).toMatchObject({ amounts: { delete: { tags: 3 } }, newlyDeleted: { images: 1, tags: 1 } })
    expect(words(found.images.rows)[0]).toEqual(['v1', 'keep', 'delete'])
    const { id: _, namespace_id: _space, namespace_name: _name, ...narrower } = immutable()
    const kept = await decide(instance, { policy: 7, immutable: [narrower] })
    expect(kept).toMatchObject({ amounts: { delete: { tags: 2 } }, newlyDeleted: { images: 0 } })
  })

  test('an edit is told by what it changes, first in the list', async () => {
    const instance = await make()
    const found = await decide(instance, {
      policy: 7,
      rules: [rule('latestPushedK', 1), rule('nDaysSinceLastPull', 3)],
    })
    expect(found).toMatchObject({
      complete: true,
      refused: false,
      immutableKnown: true,
      amounts: { keep: { images: 1 }, delete: { images: 4, tags: 4, bytes: 100 }, unsure: { images: 0 } },
      newlyDeleted: { images: 1, tags: 1, bytes: 40 },
      newlyKept: { images: 0 },
      axis: { unit: 'images', by: 'pushed', cut: 1, before: 2 },
      repositories: { rows: [{ name: 'payments/api', newlyDeleted: 1, newlyKept: 0 }], total: 1 },
    })
    expect(words(found.images.rows)).toEqual([
      ['v4', 'keep', 'delete'],
      ['v3', 'delete', 'delete'],
      ['v2', 'delete', 'delete'],
      ['v1', 'delete', 'delete'],
      ['v5', 'keep', 'keep'],
    ])
    expect(found.images.rows.at(-1)).toMatchObject({
      repository: 'payments/api',
      digest: hex('5'),
      rule: 0,
      pulled: null,
      inUse: [],
    })
  })

  test('saved rules are decided without any, and nothing is compared', async () => {
    const found = await decide(await make(), { policy: 7, view: { filter: 'keep', sort: 'pushed', order: 'asc' } })
    expect(words(found.images.rows)).toEqual([
      ['v4', null, 'keep'],
      ['v5', null, 'keep'],
    ])
    expect(found.images.total).toBe(2)
  })

  test('time passes: what goes if nobody pushes', async () => {
    const instance = await make()
    const kept = async (daysAhead: number) =>
      (await decide(instance, { rules: [rule('nDaysSinceLastPush', 30)], daysAhead })).amounts.keep.images
    expect([await kept(0), await kept(27), await kept(90)]).toEqual([5, 2, 0])
  })

  test('immutable tag rules spare what no rule keeps, and the one that does is named', async () => {
    const instance = await make({ immutableRules: [immutable(), immutable({ id: 6, namespace_name: 'other' })] })
    const found = await decide(instance, { policy: 7 })
    const spared = found.images.rows.find(({ tags }) => tags.includes('v1'))
    expect(spared).toMatchObject({ decision: 'keep', rule: null, immutable: 5 })
    expect(found.amounts).toMatchObject({ keep: { images: 3 }, delete: { images: 2 } })
  })

  test('where they cannot be read, that is said, and nothing is spared', async () => {
    const odd = immutable({ id: 6, namespace_name: 'fault-403' })
    const instance = await make({ immutableRules: [immutable(), odd] })
    expect(await decide(instance, { policy: 7 })).toMatchObject({
      immutableKnown: false,
      amounts: { keep: { images: 2 }, delete: { images: 3 } },
    })
  })

  test('what runs in a cluster is marked, and warned of when it goes', async () => {
    const instance = await make()
    const text = `registry.example.com/${namespace}/api:v1`
    const marked = async () => {
      const { images } = await decide(instance, { policy: 7, view: { filter: 'in_use' } })
      return images.rows.map(({ tags }) => tags)
    }
    expect(await marked()).toEqual([])
    expect((await console_.own(operator, 'inUsePut', { params: { cluster: 'prod' }, body: { text } })).status).toBe(200)
    const found = await decide(instance, { policy: 7, view: { filter: 'in_use' } })
    expect(found.images.rows.map(({ tags, inUse }) => [tags, inUse])).toEqual([[['v1'], ['prod']]])
    expect(found.warnings).toContainEqual({ code: 'in_use', count: 1, examples: ['payments/api:v1'] })
    // Another list, and one that is gone, count at once.
    const other = `registry.example.com/${namespace}/api:v2`
    await console_.own(operator, 'inUsePut', { params: { cluster: 'prod' }, body: { text: other } })
    expect(await marked()).toEqual([['v2']])
    await console_.own(operator, 'inUseDelete', { params: { cluster: 'prod' } })
    expect(await marked()).toEqual([])
  })

  test('a run that the engine gives up on is said to be, and nothing is called safe', async () => {
    const scope = {
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '{a[pi' }] },
    }
    const found = await decide(await make(), { rules: [rule('latestPushedK', 2, scope)] })
    expect(found).toMatchObject({ refused: true, axis: null, amounts: { keep: { images: 0 }, unsure: { images: 5 } } })
  })

  test('a policy that is not there is not found', async () => {
    const params = { connection: 'default', instance_id: await make() }
    const body = { namespace: 'other', policy: 7 } as never
    expect((await console_.own(viewer, 'retentionDecide', { params, body })).status).toBe(404)
  })

  test('decided anew, what was pushed a moment ago counts', async () => {
    const instance = await make()
    const place = { connection: 'default', instance }
    await decide(instance, { policy: 7 })
    const repositories = [{ name: 'api', tags: [{ name: 'v6', digest: hex('6') }] }]
    await console_.control('POST', '/images', { instance, namespace, repositories })
    const kept = async (fresh: boolean) => {
      const rules = { rules: [rule('latestPushedK', 1)] }
      const found = await decideNamespace(actor, place, namespace, rules, { now: new Date(), fresh })
      expect(found).toMatchObject({ complete: true, refused: false, immutableKnown: true })
      return found.images.filter(({ decision }) => decision === 'keep').map(({ tags }) => tags.join())
    }
    expect(await kept(false)).toEqual(['v5'])
    expect(await kept(true)).toEqual(['v6'])
  })
})
