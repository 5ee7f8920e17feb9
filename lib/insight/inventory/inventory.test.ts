import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Actor } from '../../contract/actor'
import type { OperationInput } from '../../contract/parse-input'
import { inventoryOf } from './inventory'
import { fetchInventory, limits } from './read'
import { PartialInventory } from './state'

type Answer = (query: { marker: number }) => Promise<object> | object
const swr = vi.hoisted(() => ({ images: (() => ({ artifacts: [] })) as Answer, asked: [] as string[] }))
vi.mock('../../swr/client', () => ({
  requestSwr: async (_actor: Actor, _connection: string, name: string, { query }: OperationInput) => {
    swr.asked.push(name)
    if (name === 'artifactListAll') return swr.images(query as { marker: number })
    return { repositories: [{ id: 1, name: 'api', namespace_name: 'shop', namespace_id: 1 }], total: 1 }
  },
}))

const actor: Actor = { id: '1', email: '', name: '', role: 'viewer' }
const place = { connection: 'c', instance: 'i' }
const image = (digest: string, tags: string[] = []) => ({
  repository_id: 1,
  digest,
  tags: tags.map((name) => ({ name })),
})

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
  Reflect.deleteProperty(globalThis, Symbol.for('console.listings'))
  swr.asked = []
})
afterEach(() => {
  vi.useRealTimers()
})

test('after a listing that took minutes, SWR is left alone for as long', async () => {
  const minutes = 60_000
  swr.images = () => {
    vi.setSystemTime(Date.now() + 3 * minutes)
    return { artifacts: [image('a', ['v1'])] }
  }
  expect(await inventoryOf(actor, place)).toMatchObject({ tags: 1, complete: true })
  vi.setSystemTime(Date.now() + 3 * minutes - 1)
  expect(await inventoryOf(actor, place)).toMatchObject({ refreshing: false })
  expect(swr.asked).toHaveLength(2)
  vi.setSystemTime(Date.now() + 1)
  expect(await inventoryOf(actor, place)).toMatchObject({ refreshing: true })
})

test('markers that never end and lead nowhere are not followed for long', async () => {
  swr.images = ({ marker }) => ({ artifacts: [image('a', ['v1'])], next_marker: marker + 100 })
  const growing = new PartialInventory(new Date())
  await fetchInventory(actor, place, growing)
  expect(growing).toMatchObject({ complete: false, tags: 1, problem: { code: 'swr_unreadable' } })
  expect(swr.asked.length).toBeLessThan(limits.fruitless + 5)
})

test('images without a tag count against the limit, too', async () => {
  const page = (from: number) => Array.from({ length: 10_000 }, (_, index) => image(`${from}-${index}`))
  swr.images = ({ marker }) => ({ artifacts: page(marker), next_marker: marker + 10_000 })
  const growing = new PartialInventory(new Date())
  await fetchInventory(actor, place, growing)
  expect(growing).toMatchObject({ complete: false, capped: true, tags: 0, weight: limits.tags })
})

test('rows that lack an id or a digest are listed, and never under the name of another', () => {
  const growing = new PartialInventory(new Date())
  for (const namespace_name of ['shop', 'bank']) growing.addRepository({ name: 'api', namespace_name })
  growing.addRepository({ name: 'web', namespace_name: 'shop', namespace_id: 7 })
  growing.addImage({ repository_name: 'api', digest: 'a', tags: [{ name: 'v1' }] })
  for (const id of [1, 2, 2])
    growing.addImage({ id, repository_name: 'web', namespace_id: 7, tags: [{ name: `v${id}` }] })
  expect(growing.repositories.map(({ name, images }) => [name, images.length])).toEqual([
    ['bank/api', 0],
    ['shop/api', 0],
    ['shop/web', 2],
  ])
})
