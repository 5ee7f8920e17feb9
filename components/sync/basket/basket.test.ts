import { describe, expect, test } from 'vitest'
import * as contract from '@/lib/contract/console/sync'
import * as vocabulary from '@/lib/contract/console/sync-vocabulary'
import {
  addTags,
  addTarget,
  type Basket,
  basketOfJob,
  countTags,
  emptyBasket,
  leftAfter,
  mostRepositories,
  onlyOrganization,
  planBody,
  pressed,
  pressMs,
  readBasket,
  removeRepository,
  removeTags,
  sizeOf,
  tagsOf,
  targetIssues,
} from './basket'

const image = (repository: string, tag: string, size = 1) => ({ repository, tag, size })
const filled = addTags(emptyBasket, [
  image('team/api', '2.0', 5),
  image('team/web', '1.0', 7),
  image('team/api', '2.1'),
])

test('its limits are those of a job', () => {
  const tooMany = Array.from({ length: mostRepositories + 1 }, (_, at) => ({ repository: `a/${at}`, tags: ['1'] }))
  const targets = [{ region: 'r', organization: 'o' }]
  expect(contract.syncPlan.body.safeParse({ images: tooMany, targets }).success).toBe(false)
  expect(contract.syncPlan.body.safeParse({ images: tooMany.slice(1), targets }).success).toBe(true)
})

describe('collecting', () => {
  test('groups tags by repository, each once', () => {
    expect(filled).toMatchObject({ added: 3, left: 0 })
    expect(filled.basket.repositories.map(({ name, tags }) => [name, tags.map(({ tag }) => tag)])).toEqual([
      ['team/api', ['2.0', '2.1']],
      ['team/web', ['1.0']],
    ])
    expect(addTags(filled.basket, [image('team/api', '2.0', 9), image('team/api', '2.2')])).toMatchObject({ added: 1 })
    expect([countTags(filled.basket), sizeOf(filled.basket)]).toEqual([3, 13])
  })

  test('says how many find no room', () => {
    const many = Array.from({ length: vocabulary.maxSyncTags + 2 }, (_, at) => image('team/api', `b-${at}`))
    const full = addTags(emptyBasket, many)
    expect(full).toMatchObject({ added: vocabulary.maxSyncTags, left: 2 })
    expect(addTags(full.basket, [image('team/api', 'b-0')])).toMatchObject({ added: 0, left: 0 })
    const wide = Array.from({ length: mostRepositories + 1 }, (_, at) => image(`team/${at}`, '1'))
    expect(addTags(emptyBasket, wide)).toMatchObject({ added: mostRepositories, left: 1 })
  })

  test('takes tags and repositories out again, and no empty one stays', () => {
    const without = removeTags(filled.basket, 'team/api', ['2.0'])
    expect(tagsOf(without, 'team/api')).toEqual([{ tag: '2.1', size: 1 }])
    expect(removeTags(without, 'team/api', ['2.1']).repositories.map(({ name }) => name)).toEqual(['team/web'])
    expect(removeRepository(filled.basket, 'team/web').repositories.map(({ name }) => name)).toEqual(['team/api'])
  })
})

describe('what the browser kept', () => {
  test('comes back as it was', () => {
    expect(readBasket(JSON.stringify(filled.basket))).toEqual(filled.basket)
  })

  test.each([null, '', '{', '[]', '{"repositories":[{"name":1}],"targets":[]}'])('%s is an empty basket', (text) => {
    expect(readBasket(text)).toEqual(emptyBasket)
  })
})

describe('targets', () => {
  const at = (...targets: [string, string][]) => ({
    ...filled.basket,
    targets: targets.map(([region, organization]) => ({ region, organization })),
  })

  test('have the organization of the tags unless another is chosen', () => {
    expect(planBody(at(['r1', ''], ['r2', 'mirror']))?.targets).toEqual([
      { region: 'r1', organization: 'team' },
      { region: 'r2', organization: 'mirror' },
    ])
  })

  test('need one where tags have several', () => {
    const { basket } = addTags(at(['r1', ''], ['r2', 'mirror']), [image('other/api', '1')])
    expect(onlyOrganization(basket)).toBeNull()
    expect(targetIssues(basket)).toEqual(['required', null])
    expect(planBody(basket)).toBeNull()
  })

  test('are refused with odd names and when two are the same', () => {
    expect(targetIssues(at(['r1', 'Team'], ['r2', 'team'], ['r2', '']))).toEqual([
      'organization_characters',
      null,
      'repeated',
    ])
  })

  test('come once for each region and organization', () => {
    const [typed, taken] = [at(['r1', 'mirror']), at(['r1', ''])]
    expect(addTarget(typed, { region: 'r1', organization: 'mirror' })).toBe(typed)
    expect(addTarget(taken, { region: 'r1', organization: 'team' })).toBe(taken)
    const other = { region: 'r1', organization: 'other' }
    expect(addTarget(typed, other).targets).toEqual([...typed.targets, other])
    expect(addTarget(taken, other).targets).toEqual([...taken.targets, other])
  })

  test('alone or with an empty basket make no plan', () => {
    expect(planBody(at())).toBeNull()
    expect(planBody({ ...emptyBasket, targets: [{ region: 'r1', organization: '' }] })).toBeNull()
  })
})

test('a job of the past fills a basket', () => {
  const targets = [{ region: 'r1', organization: 'mirror', connection: null }]
  const { basket, left } = basketOfJob(targets, [
    image('team/api', '1'),
    image('team/api', '1'),
    image('team/api', '2'),
  ])
  expect([countTags(basket), left, basket.targets]).toEqual([2, 0, [{ region: 'r1', organization: 'mirror' }]])
})

describe('what stays once a job has begun', () => {
  const image = (tag: string) => ({ repository: 'team/api', tag, size: 1 })
  const [near, far] = [
    { region: 'eu-west-101', organization: '' },
    { region: 'ap-southeast-1', organization: 'other' },
  ]
  const before = addTags(
    { repositories: [], targets: [near, far], press: { name: 'p'.repeat(32), at: 7, sent: 'x' } },
    ['1.0', '2.0'].map(image),
  ).basket
  const job = (tags: readonly string[], targets: readonly { region: string; organization: string }[]) => ({
    targets: targets.map((target) => ({ ...target, connection: null })),
    rows: tags.map((tag) => ({ ...image(tag), digest: '', send: [], plans: [] })),
  })
  const filled = { ...near, organization: 'team' }
  const none = { heldUp: [], settled: [] }
  const namesIn = ({ repositories }: Basket) => repositories.flatMap(({ tags }) => tags.map(({ tag }) => tag))

  test('are the tags that it does not hold, also those that came meanwhile', () => {
    const now = addTags(before, [image('3.0')]).basket
    const left = leftAfter(now, job(['1.0'], [filled, far]), none)
    expect([namesIn(left), left.targets]).toEqual([
      ['2.0', '3.0'],
      [near, far],
    ])
    expect(leftAfter(before, job(['1.0', '2.0'], [filled, far]), none)).toEqual({
      repositories: [],
      targets: [near, far],
    })
  })

  test('are all tags for targets that have no organization yet', () => {
    const left = leftAfter(before, job(['1.0', '2.0'], [filled]), { heldUp: [far], settled: [] })
    expect([namesIn(left), left.targets]).toEqual([['1.0', '2.0'], [far]])
    // A tag that went nowhere still needs all of them.
    expect(leftAfter(before, job(['1.0'], [filled]), { heldUp: [far], settled: [] }).targets).toEqual([near, far])
  })

  test('are not the targets of tags that are there already', () => {
    const stays = (settled: string[]) =>
      leftAfter(before, job(['1.0'], [filled]), { heldUp: [far], settled: settled.map(image) })
    expect([namesIn(stays(['2.0'])), stays(['2.0']).targets]).toEqual([['1.0', '2.0'], [far]])
    expect(stays(['3.0']).targets).toEqual([near, far])
  })

  test.each(['short', 'with blanks and more', 7])('a press that cannot be one is forgotten: %j', (name) => {
    for (const press of [name, { ...before.press, name }, { name: 'p'.repeat(32) }])
      expect(readBasket(JSON.stringify({ ...before, press }))).toEqual({ ...before, press: undefined })
    expect(readBasket(JSON.stringify(before)).press).toEqual(before.press)
  })
})

describe('a press', () => {
  const images = ['1.0', '2.0'].map((tag) => ({ repository: 'team/api', tag, digest: `sha256:${tag}` }))
  const name = () => 'p'.repeat(32)
  const other = () => 'q'.repeat(32)
  const first = pressed(filled.basket, images, { at: 1000, name })

  test('is the same for an hour, as long as it sends the same images', () => {
    expect(first).toMatchObject({ ...filled.basket, press: { name: name(), at: 1000 } })
    expect(pressed(first, images, { at: 1000 + pressMs - 1, name: other })).toEqual(first)
    expect(readBasket(JSON.stringify(first))).toEqual(first)
  })

  test('is another one after that', () => {
    const press = { ...first.press, name: other(), at: 1000 + pressMs }
    expect(pressed(first, images, { at: 1000 + pressMs, name: other }).press).toEqual(press)
  })

  test.each([
    ['with another digest', images.map((image) => ({ ...image, digest: 'sha256:moved' }))],
    ['with other tags', images.slice(1)],
    ['in another repository', images.map((image) => ({ ...image, repository: 'team/web' }))],
  ])('is another one for images %s', (_, sent) => {
    expect(pressed(first, sent, { at: 1001, name: other }).press).toMatchObject({ name: other(), at: 1001 })
  })
})
