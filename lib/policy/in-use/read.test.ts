import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onePod, podList, podRegistry, runningImage } from '../../testing/pods'
import { readPodList } from './read'
import { readRunningImage } from './running-image'

function read(text: string) {
  const steps = readPodList(text)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
const imagesIn = (text: string) => {
  const reading = read(text)
  return reading.state === 'read' ? reading.images : reading
}
const refusal = (reason: string, said: unknown = expect.any(String)) => ({ state: 'refused', reason, said })

const digest = `sha256:${'0a'.repeat(32)}`
const image = (host: string, repository: string, tag: string, of = '') => ({ host, repository, tag, digest: of })

describe('a reference', () => {
  test.each([
    ['nginx', image('', 'library/nginx', 'latest')],
    ['nginx:1.27', image('', 'library/nginx', '1.27')],
    ['docker.io/nginx:1.27', image('docker.io', 'library/nginx', '1.27')],
    ['index.docker.io/library/nginx', image('docker.io', 'library/nginx', 'latest')],
    ['team/api:v1', image('', 'team/api', 'v1')],
    ['registry.example.com:5000/team/web/api:v1', image('registry.example.com:5000', 'team/web/api', 'v1')],
    ['registry.example.com:5000/team/api', image('registry.example.com:5000', 'team/api', 'latest')],
    ['localhost/team/api:v1', image('localhost', 'team/api', 'v1')],
    [`${podRegistry}/team/api@${digest}`, image(podRegistry, 'team/api', '', digest)],
    [`${podRegistry}/team/api:v1@${digest}`, image(podRegistry, 'team/api', 'v1', digest)],
    [`docker-pullable://${podRegistry}/team/api@${digest}`, image(podRegistry, 'team/api', '', digest)],
    // An organization may have a dot.
    ['my.team/api:v1', image('', 'my.team/api', 'v1')],
    ['Team/API:V1-RC', image('', 'team/api', 'V1-RC')],
    ['"team/api:v1",', image('', 'team/api', 'v1')],
  ])('%s', (text, expected) => expect(readRunningImage(text)).toEqual(expected))

  test.each([
    '',
    ':v1',
    '@',
    `team/api@${digest}@${digest}`,
    'team/api:',
    'team/api:v 1',
    'team/ä:v1',
    'a//b',
    'team/api@sha256:12',
  ])('none: %s', (text) => expect(readRunningImage(text)).toBeUndefined())
})

describe('what kubectl prints', () => {
  test('2,000 pods', () => {
    const reading = read(podList(2_000, 300))
    if (reading.state !== 'read') throw new Error(reading.reason)
    expect(reading.unreadable).toBe(0)
    // Each of 300 by tag and by digest, busybox by both, the debug container by its tag.
    expect(reading.images).toHaveLength(300 * 2 + 3)
    for (let index = 0; index < 300; index++) {
      const { repository, tag, digest: of } = runningImage(index, 300)
      expect(reading.images).toContainEqual(image(podRegistry, repository, tag))
      expect(reading.images).toContainEqual(image(podRegistry, repository, '', of))
    }
    expect(reading.images).toContainEqual(image('registry.example.com:5000', 'tools/debug', 'v3'))
    expect(reading.images).toContainEqual(image('docker.io', 'library/busybox', '1.36'))
  })

  test('is read in steps', () => {
    const steps = readPodList(podList(2_000))
    let count = 0
    while (!steps.next().done) count++
    expect(count).toBeGreaterThan(20)
  })

  test('one pod, a list of the API itself, and the same without blanks or with a mark of byte order', () => {
    const pod = JSON.parse(onePod())
    const expected = imagesIn(onePod())
    expect(expected).toHaveLength(6)
    const { kind: _, apiVersion: __, ...bare } = pod
    expect(imagesIn(JSON.stringify({ kind: 'PodList', items: [bare] }))).toEqual(expected)
    expect(imagesIn(`\ufeff \n${JSON.stringify({ items: [pod], kind: 'List' })}`)).toEqual(expected)
    expect(imagesIn(JSON.stringify([pod]))).toEqual(expected)
    // The last page of a list that was asked for in one.
    const last = { kind: 'PodList', metadata: { resourceVersion: '7', continue: '', remainingItemCount: 0 } }
    expect(imagesIn(JSON.stringify({ ...last, items: [pod] }))).toEqual(expected)
    expect(imagesIn(JSON.stringify(bare))).toEqual(expected)
  })

  test('pods among other things, image volumes, and containers without an image', () => {
    const pod = (spec: object) => ({ kind: 'Pod', spec })
    const items = [
      { kind: 'Service', spec: { containers: 'none' } },
      pod({ containers: [{ image: 'team/api:v1' }], volumes: [{ image: { reference: 'team/models:v7' } }] }),
      pod({ containers: [{ name: 'odd' }, { image: 7 }, { image: 'team/web:v2' }] }),
      pod({ containers: [{ image: 'team/a:1' }, { image: 'TEAM/a:1' }, { image: 'ä' }] }),
    ]
    expect(read(JSON.stringify({ kind: 'List', items }))).toEqual({
      state: 'read',
      images: ['api:v1', 'models:v7', 'web:v2', 'a:1'].map((name) => readRunningImage(`team/${name}`)),
      unreadable: 3,
    })
  })

  test('a cluster in which nothing runs', () => {
    expect(imagesIn('{"apiVersion":"v1","items":[],"kind":"List","metadata":{"resourceVersion":""}}')).toEqual([])
  })

  test('brackets, quotes and commas inside of texts do not count', () => {
    const odd = {
      kind: 'Pod',
      metadata: { annotations: { note: '],"}\\" [{' } },
      spec: { containers: [{ image: 'a/b:1' }] },
    }
    expect(imagesIn(JSON.stringify({ '"items":[': '[', items: [odd, odd], kind: 'List' }))).toHaveLength(1)
  })

  test('any pods are read as JSON.parse reads them', () => {
    const name = fc.constantFrom('team/a:1', 'team/b:2', 'x.example.com/team/c:3', 'team/d')
    const noise = fc.jsonValue({ maxDepth: 3 })
    const pod = fc.record({
      kind: fc.constant('Pod'),
      noise,
      spec: fc.record({ containers: fc.array(fc.record({ image: name, noise })) }),
    })
    fc.assert(
      fc.property(
        fc.array(pod, { minLength: 1, maxLength: 5 }),
        noise,
        fc.constantFrom(0, 2, '\t'),
        (items, extra, blanks) => {
          const text = JSON.stringify({ extra, items, kind: 'List', more: extra }, null, blanks)
          const expected = items.flatMap(({ spec }) => spec.containers.map((each) => each.image))
          const images = imagesIn(text)
          expect(images).toEqual([...new Set(expected)].map(readRunningImage))
        },
      ),
    )
  })
})

describe('a plain list', () => {
  test('one reference a line, with notes, blank lines, repeats and other ends of lines', () => {
    const text =
      '\ufeff# what runs\r\n\r\nteam/api:v1\r\n  nginx  \n"team/web:v2",\nteam/api:v1 # again\n  # more\nregistry.example.com:5000/a/b'
    expect(imagesIn(text)).toEqual(
      ['team/api:v1', 'nginx', 'team/web:v2', 'registry.example.com:5000/a/b'].map(readRunningImage),
    )
  })

  test('as a template of kubectl prints it, in one line', () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `team/api-${index % 900}:v1`)
    expect(imagesIn(names.join(' '))).toHaveLength(900)
  })

  test('lines that name no image are counted', () => {
    expect(read('team/api:v1\nteam/api@sha256:12\nteam/web:v2')).toMatchObject({ state: 'read', unreadable: 1 })
  })
})

describe('what is no list says what it is', () => {
  const page = (metadata: object, items: readonly unknown[] = [JSON.parse(onePod())]) =>
    JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items })
  const deployments = { apiVersion: 'v1', items: [{ kind: 'Deployment', spec: { template: {} } }], kind: 'List' }
  test.each([
    ['', refusal('pods_empty')],
    ['\ufeff \n # nothing\n', refusal('pods_empty')],
    ['[]', refusal('pods_empty')],
    [JSON.stringify(deployments), refusal('pods_other_kind', 'Deployment')],
    ['{"kind":"DeploymentList","items":[]}', refusal('pods_other_kind', 'DeploymentList')],
    ['{"kind":"Deployment","spec":{"template":{"spec":{"containers":[]}}}}', refusal('pods_other_kind', 'Deployment')],
    [
      '{"kind":"Status","message":"pods is forbidden: User \\"ci\\" cannot list","items":null}',
      refusal('pods_other_kind', 'Status: pods is forbidden: User "ci" cannot list'),
    ],
    ['{"errors":[],"data":1}', refusal('pods_other_json', 'errors, data')],
    ['[1,2,3]', refusal('pods_other_kind')],
    ['{"items":["team/api:v1"]}', refusal('pods_other_kind')],
    [
      '<!DOCTYPE html><html><title>Sign in</title>',
      refusal('pods_html', '<!DOCTYPE html><html><title>Sign in</title>'),
    ],
    ['apiVersion: v1\nitems:\n- apiVersion: v1\n', refusal('pods_yaml', 'apiVersion: v1')],
    ['---\nkind: Pod', refusal('pods_yaml', '---')],
    ['NAMESPACE   NAME    READY   STATUS\nkube-system coredns 1/1 Running', refusal('pods_table')],
    ['Error from server (Forbidden): pods is forbidden: User "ci" cannot list resource', refusal('pods_unreadable')],
    ['kube-system coredns-5d78c9869d 1/1 Running 0 4d', refusal('pods_unreadable')],
    [podList(3).slice(0, 5_000), refusal('pods_cut')],
    [page({ continue: 'eyJ2IjoibWV0YS', remainingItemCount: 1500 }), refusal('pods_partial', '1500')],
    [page({ continue: 'eyJ2IjoibWV0YS' }), refusal('pods_partial', '')],
    [page({ continue: 'eyJ2IjoibWV0YS' }, []), refusal('pods_partial', '')],
    [podList(3).replaceAll('"kind": "Pod",', '"kind": "Pod"'), refusal('pods_broken_json')],
    ['{"items":[{"kind":"Pod"},],"kind":"List"}', refusal('pods_broken_json')],
    ['{"items":[,{"kind":"Pod"}]}', refusal('pods_broken_json')],
    [`${onePod()}${onePod()}`, refusal('pods_broken_json')],
    ['{"items":]}', refusal('pods_broken_json')],
    [`{"items":[${'['.repeat(100_000)}`, refusal('pods_broken_json')],
    [`{"a":"${'x'.repeat(3_000_000)}"}`, refusal('pods_other_json')],
    [Array.from({ length: 60_000 }, (_, index) => `team/api:${index}`).join('\n'), refusal('pods_many', '50000')],
  ])('%#', (text, expected) => expect(read(text)).toEqual(expected))

  test('whatever comes in, it answers', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void expect(read(text)).toBeDefined()))
  })
})
