import { describe, expect, test } from 'vitest'
import { europe, syncBench } from '../../testing/basic-bench'
import { demo } from '../demo'
import { copiesIn } from './copies'

const refused = (code: string) => ({
  errors: [{ errorCode: `SVCSTG.SWR.${code}`, errorMessage: expect.any(String), detail: expect.any(String) }],
})
const recorded = { mood: 'as-recorded' }

test.each(['strict', 'as-recorded'])('%s: a connection of the target region lists what was sent', (mood) => {
  const at = syncBench({ mood })
  expect(at.there()).toEqual({})
  expect(at.sync(['v1', 'v2'])).toMatchObject({ status: 200, json: [] })
  const { v1, v2 } = at.here()
  expect(at.there()).toEqual({ v1, v2 })
  expect(copiesIn(at.world).map(({ tag, region, organization }) => [tag, region, organization])).toEqual([
    ['v1', 'eu-west-101', 'from'],
    ['v2', 'eu-west-101', 'from'],
  ])
})

test.each(['strict', 'as-recorded'])('%s: without override another image of the same name stays', (mood) => {
  const at = syncBench({ mood })
  const other = { organization: 'to', region: 'eu-west-101', repositories: [{ name: 'web/api', tags: ['v1'] }] }
  at.control('POST', '/push', other)
  const before = at.there().v1
  expect(before).not.toBe(at.here().v1)
  expect(at.sync(['v1']).json).toEqual([])
  expect(at.there().v1).toBe(before)
  expect(at.sync(['v1'], { override: true }).json).toEqual([])
  expect(at.there().v1).toBe(at.here().v1)
})

describe('strict, as it is documented', () => {
  test.each<[number, string, readonly string[], object]>([
    [400, '4000014', [], {}],
    [400, '4000014', ['v1'], { remoteRegionId: undefined }],
    [400, '4000014', ['v1'], { remoteRegionId: 'mars-1' }],
    [400, '4000014', ['v1'], { remoteRegionId: demo.region }],
    [400, '4000014', ['v1'], { override: 'yes' }],
    [400, '4001028', ['v1'], { remoteNamespace: 'Upper' }],
    [400, '4001028', ['v1'], { remoteNamespace: 'a--b' }],
    [404, '4040058', ['v1'], { remoteNamespace: 'nowhere' }],
    // It is there, and another account's.
    [404, '4040058', ['v1'], { remoteNamespace: 'nginx' }],
    [404, '4040048', ['v1', 'nothing'], {}],
  ])('%i %s for %j %j', (status, code, tags, changes) => {
    const at = syncBench()
    expect(at.sync(tags, changes)).toMatchObject({ status, json: refused(code) })
    expect(copiesIn(at.world)).toEqual([])
  })

  test('from what is missing, and where sync is not available', () => {
    const at = syncBench()
    const body = { imageTag: ['v1'], ...at.target }
    const from = (namespace: string, repository: string) => at.ask('manualSync', { namespace, repository }, { body })
    expect(from('nowhere', 'web/api')).toMatchObject({ status: 404, json: refused('4040058') })
    expect(from('from', 'web')).toMatchObject({ status: 404, json: refused('4040010') })
    at.control('PUT', '/projects', { imageSync: false })
    expect(at.sync(['v1']).status).toBe(403)
  })

  test('what is reported has arrived, whatever the tag is called', () => {
    const at = syncBench({ lies: 1 })
    const tags = ['v1', 'fault-never', 'fault-late', 'fault-other']
    at.sync(tags)
    expect(at.there()).toEqual(Object.fromEntries(tags.map((tag) => [tag, at.here()[tag]])))
  })
})

describe('as the service was seen to be', () => {
  test('a tag that does not exist is a success, and the others are copied', () => {
    const at = syncBench(recorded)
    expect(at.sync(['nothing', 'v1'])).toMatchObject({ status: 200, json: [] })
    expect(Object.keys(at.there())).toEqual(['v1'])
  })

  test('an organization that does not exist is a success, and nothing comes of it, not even later', () => {
    const at = syncBench(recorded)
    expect(at.sync(['v1'], { remoteNamespace: 'nowhere' })).toMatchObject({ status: 200, json: [] })
    expect(at.ask('organizationCreate', {}, { ...europe, body: { namespace: 'nowhere' } }).status).toBe(201)
    at.pass(600)
    expect(at.there('nowhere')).toEqual({})
  })

  test('a region that does not exist is an internal error', () => {
    const at = syncBench(recorded)
    expect(at.sync(['v1'], { remoteRegionId: 'mars-1' })).toMatchObject({ status: 500, json: refused('5001101') })
  })

  test('tags that come late, never or as another image are called so, as repositories and targets can be', () => {
    const at = syncBench({ ...recorded, lateSeconds: 30 })
    expect(at.sync(['fault-never', 'fault-late', 'fault-other'])).toMatchObject({ status: 200, json: [] })
    expect(Object.keys(at.there())).toEqual(['fault-other'])
    expect(at.there()['fault-other']).not.toBe(at.here()['fault-other'])
    at.pass(29)
    expect(Object.keys(at.there())).toEqual(['fault-other'])
    at.pass(1)
    expect(Object.keys(at.there())).toEqual(['fault-late', 'fault-other'])
    expect(at.there()['fault-late']).toBe(at.here()['fault-late'])
    at.pass(86_400)
    expect(Object.keys(at.there())).not.toContain('fault-never')
    at.sync(['v1'], { remoteNamespace: 'fault-late-2' })
    expect(at.there('fault-late-2')).toEqual({})
    at.pass(30)
    expect(Object.keys(at.there('fault-late-2'))).toEqual(['v1'])
  })

  test('a share of the cells lies: the same by the same seed, others by another', () => {
    const tags = Array.from({ length: 400 }, (_, index) => `t${index}`)
    const missing = (seed: number) => {
      const at = syncBench({ ...recorded, lies: 0.05, seed, repositories: [{ name: 'web/api', tags }] })
      expect(at.sync(tags)).toMatchObject({ status: 200, json: [] })
      const [here, there] = [listed(at), copiesIn(at.world)]
      return here.filter(([tag, digest]) => !there.some((copy) => copy.tag === tag && copy.digest === digest))
    }
    const listed = (at: ReturnType<typeof syncBench>) =>
      at.world.basic.organizations
        .filter(({ name }) => name === 'from')
        .flatMap(({ repositories }) => repositories.flatMap((each) => [...each.tags.values()]))
        .map((tag) => [tag.name, tag.digest] as const)
    const [one, again, other] = [missing(1), missing(1), missing(2)]
    expect(one.length).toBeGreaterThan(5)
    expect(one.length).toBeLessThan(40)
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })

  test('a lie is told anew each time: what is sent again arrives in the end', () => {
    const at = syncBench({ ...recorded, lies: 0.5 })
    let tries = 0
    while (at.there().v1 !== at.here().v1 && tries < 30) {
      at.sync(['v1'], { override: true })
      tries += 1
      at.pass(60)
    }
    expect(at.there().v1).toBe(at.here().v1)
  })

  test('the mood can change, and what is not given stays', () => {
    const at = syncBench({ ...recorded, lies: 0.2 })
    expect(at.control('PUT', '/mood', { organization: 'from', mood: 'strict' }).json).toMatchObject({ lies: 0.2 })
    expect(at.sync(['nothing']).status).toBe(404)
    expect(at.control('PUT', '/mood', { organization: 'nowhere' }).status).toBe(404)
    expect(at.control('PUT', '/mood', { organization: 'from', lies: 2 }).status).toBe(400)
  })
})

test('what fails once is refused as a whole, and passes when it is sent again', () => {
  const at = syncBench()
  expect(at.sync(['v1', 'fault-once'])).toMatchObject({ status: 409, json: refused('4090023') })
  expect(at.there()).toEqual({})
  expect(at.sync(['v1', 'fault-once']).status).toBe(200)
  expect(Object.keys(at.there())).toEqual(['v1', 'fault-once'])
})

describe('a manual sync takes its time', () => {
  test('for what it copies: one tag after the other, whether or not somebody waits', () => {
    const at = syncBench({ secondsPerGigabyte: 20 })
    expect(at.sync(['v1', 'v2'])).toMatchObject({ status: 200, delayMs: 20_000 })
    at.pass(9)
    expect(Object.keys(at.there())).toEqual([])
    at.pass(1)
    expect(Object.keys(at.there())).toEqual(['v1'])
    at.pass(10)
    expect(Object.keys(at.there())).toEqual(['v2', 'v1'])
    // Two are there already.
    expect(at.sync(['v1', 'v2', 'v3'])).toMatchObject({ delayMs: 10_000 })
  })

  test('more of them at once than a key may have are refused until one is done', () => {
    const at = syncBench({ secondsPerGigabyte: 20 })
    at.control('PUT', '/throttle', { access: demo.access, syncCalls: 2 })
    expect([at.sync(['v1']).status, at.sync(['v2']).status]).toEqual([200, 200])
    expect(at.sync(['v3'])).toMatchObject({ status: 429, headers: { 'Retry-After': '3' } })
    // Reads go on, and so do other keys.
    expect(at.ask('basicTagList', at.place).status).toBe(200)
    at.pass(10)
    expect(at.sync(['v3']).status).toBe(200)
    at.sync(['v2'], { override: true })
    at.control('PUT', '/throttle', { access: demo.access, syncCalls: null })
    expect(at.sync(['v3']).status).toBe(200)
  })
})

test('the log tells how often each call came and how long it took, and keeps writes longer than reads', () => {
  const at = syncBench({ secondsPerGigabyte: 2 })
  at.sync(['v1'])
  at.sync(['v2'])
  for (let reads = 0; reads < 21_500; reads += 1) at.world.received.push({ ...readRow, n: reads })
  at.world.received.length = 22_000 - 1
  at.ask('basicTagList', at.place)
  const calls = at.requests('organization=from&operation=manualSync')
  expect(calls).toMatchObject([
    { body: { imageTag: ['v1'] }, status: 200, takes: 1000 },
    { body: { imageTag: ['v2'] }, status: 200, takes: 1000 },
  ])
  expect(at.forgotten()).toBeGreaterThan(1000)
})

const readRow = {
  n: 1,
  at: '',
  method: 'GET',
  path: '/',
  query: {},
  body: null,
  access: null,
  operation: null,
  status: 200,
  takes: 0,
}
