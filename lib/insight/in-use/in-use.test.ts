import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inUseClusters, inUseImages } from '../../db/retention-tables'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { podList, podRegistry, runningImage } from '../../testing/pods'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { inUseOf } from './in-use'

const digest = (sign: string) => `sha256:${sign.repeat(64)}`
const hour = 3_600_000

describe.each(databases())('what runs in clusters on $name', ({ open }) => {
  let console_: SandboxedConsole
  let operator: TestMember
  beforeAll(async () => {
    console_ = await startOnSandbox(open())
    operator = await console_.member('operator')
  })
  afterAll(() => console_.close())

  const put = (cluster: string, text: string, hours?: number) =>
    console_.own(operator, 'inUsePut', { params: { cluster }, body: { text, ...(hours && { hours }) } })
  const list = async () => (await (await console_.own(operator, 'inUseList', { params: {} })).json()).clusters
  const clear = () => console_.db.delete(inUseClusters)
  const clustersOf = async (repository: string, tags: string[], of = digest('f')) => {
    const { byImage } = await inUseOf(console_.db, 'default', [{ repository, tags, digest: of }])
    return byImage[0]
  }

  test('2,000 pods as kubectl tells them are known by tag and by digest', async () => {
    await clear()
    const answer = await put('production', podList(2_000, 300))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ cluster: 'production', images: 603, unreadable: 0 })
    const some = [5, 299, 300].map((index) => ({ ...runningImage(index, 400), tags: [runningImage(index, 400).tag] }))
    const byTag = await inUseOf(
      console_.db,
      'default',
      some.map((each) => ({ ...each, digest: digest('0') })),
    )
    expect(byTag).toEqual({ byImage: [['production'], ['production'], []], old: [] })
    const byDigest = await inUseOf(
      console_.db,
      'default',
      some.map((each) => ({ ...each, tags: ['other'] })),
    )
    expect(byDigest.byImage).toEqual([['production'], ['production'], []])
  })

  test('a second list takes the place of the first, and of no other cluster', async () => {
    await clear()
    await put('a', 'team/api:v1\nteam/api:v2')
    await put('b', 'team/api:v1')
    expect(await clustersOf('team/api', ['v1', 'v2'])).toEqual(['a', 'b'])
    await put('a', 'team/api:v3')
    expect(await clustersOf('team/api', ['v1'])).toEqual(['b'])
    expect(await clustersOf('team/api', ['v2'])).toEqual([])
    expect(await list()).toMatchObject([
      { cluster: 'a', images: 1, actorName: operator.email },
      { cluster: 'b', images: 1 },
    ])
  })

  test('a list that cannot be read changes nothing, and says what it is', async () => {
    await clear()
    await put('a', 'team/api:v1')
    const refused = await put('a', JSON.stringify({ kind: 'List', items: [{ kind: 'Deployment' }] }))
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      code: 'invalid_request',
      fields: { 'body.text': 'pods_other_kind' },
      detail: 'Deployment',
    })
    expect(await clustersOf('team/api', ['v1'])).toEqual(['a'])
  })

  test('while a list is replaced, others see the whole of one or of the other', async () => {
    await clear()
    const names = (version: string) =>
      Array.from({ length: 2_000 }, (_, index) => `team/a-${index}:${version}`).join('\n')
    await put('a', names('v1'))
    let isOver = false
    const writing = put('a', names('v2')).finally(() => {
      isOver = true
    })
    const seen = new Set<string>()
    const images = [0, 1_999].map((index) => ({ repository: `team/a-${index}`, tags: ['v1'], digest: '' }))
    while (!isOver) {
      const { byImage } = await inUseOf(console_.db, 'default', images)
      seen.add(JSON.stringify(byImage))
      await wait(1)
    }
    await writing
    for (const state of seen) expect(['[["a"],["a"]]', '[[],[]]']).toContain(state)
    expect(await clustersOf('team/a-7', ['v2'])).toEqual(['a'])
  })

  test('a list expires after its hours, or those of the limits, and still locks', async () => {
    await clear()
    const day = await (await put('a', 'team/api:v1')).json()
    expect(Date.parse(day.expires) - Date.parse(day.at)).toBe(24 * hour)
    const short = await (await put('b', 'team/api:v1', 0.5)).json()
    expect(Date.parse(short.expires) - Date.parse(short.at)).toBe(hour / 2)
    await console_.db.update(inUseClusters).set({ expires: sql`now() - interval '1 second'` }).where(sql`cluster = 'b'`)
    const { byImage, old } = await inUseOf(console_.db, 'default', [
      { repository: 'team/api', tags: ['v1'], digest: '' },
    ])
    expect([byImage, old]).toEqual([[['a', 'b']], ['b']])
    await put('b', 'team/api:v1')
    expect((await inUseOf(console_.db, 'default', [])).old).toEqual([])
  })

  test('an image is found under every host that it may have', async () => {
    await clear()
    const running = [
      `${podRegistry}/team/a:1`,
      'swr.eu-west-101.myhuaweicloud.eu/team/b:1',
      'my-instance.example.com/team/c:1',
      'mirror.example.com:5000/team/d:1',
      'team/e:1',
      'my.team/web/f:1',
      `docker.io/team/g@${digest('a')}`,
    ]
    await put('a', running.join('\n'))
    const found = async (name: string) => clustersOf(name, ['1'], digest('a'))
    for (const name of ['team/a', 'team/c', 'team/d', 'team/e', 'my.team/web/f', 'team/g'])
      expect([name, await found(name)]).toEqual([name, ['a']])
    // Surely another region's.
    expect(await found('team/b')).toEqual([])
    // Paths are compared whole.
    expect(await found('other/team/a')).toEqual([])
    expect(await clustersOf('team/g', ['1'], digest('b'))).toEqual([])
    expect(await clustersOf('team/a', ['1.0', '11'])).toEqual([])
  })

  test('a cluster that is gone is forgotten with its images', async () => {
    await clear()
    await put('a', 'team/api:v1')
    const remove = () => console_.own(operator, 'inUseDelete', { params: { cluster: 'a' } })
    expect((await remove()).status).toBe(200)
    expect(await console_.db.select().from(inUseImages)).toEqual([])
    const again = await remove()
    expect([again.status, (await again.json()).code]).toEqual([404, 'cluster_unknown'])
    const entries = await console_.entries({ kind: 'cluster' })
    expect(entries.slice(-3)).toMatchObject([
      { operation: 'inUsePut', objectName: 'a', outcome: 'done', after: { images: 1, unreadable: 0 } },
      { operation: 'inUseDelete', objectName: 'a', outcome: 'done' },
      { operation: 'inUseDelete', objectName: 'a', outcome: 'denied', code: 'cluster_unknown' },
    ])
  })
})
