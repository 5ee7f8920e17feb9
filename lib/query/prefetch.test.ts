import { createServer, type RequestListener } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { QueryClient } from '@tanstack/react-query'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Actor } from '../contract/actor'
import { config } from '../env/config'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'
import { waitUntil } from '../testing/wait-until'
import { queryKey } from './operations'
import { prefetchRemembered, prefetchUnlessSlow } from './prefetch'
import { allRegistries } from './queries'

let console_: SandboxedConsole
let actor: Actor

beforeAll(async () => {
  console_ = await startOnSandbox()
  const { id, email } = await console_.member('admin')
  actor = { id, email, name: '', role: 'admin' }
})
afterAll(() => console_.close())
afterEach(() => {
  vi.useRealTimers()
})

const minute = 60_000

/** Meanwhile `answer` stands in SWR's place. */
async function whileSwrIs(answer: RequestListener, work: () => Promise<unknown>) {
  const [target] = config().connections
  if (!target) throw new Error('no connection')
  const { endpoint } = target
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    Reflect.set(target, 'endpoint', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    await work()
  } finally {
    Reflect.set(target, 'endpoint', endpoint)
    server.closeAllConnections()
    server.close()
  }
}

test('what stands beside a page is read once for many pages, with its age, and again after a write', async () => {
  const instance = await console_.instance({ registries: [{ id: 3, name: 'harbor' }] })
  const input = allRegistries({ connection: 'default', instance })
  const page = async () => {
    const cache = new QueryClient()
    expect(await prefetchRemembered(cache, actor, 'registryList', input)).toBeNull()
    const { data, dataUpdatedAt } = cache.getQueryState(queryKey('registryList', input)) ?? {}
    return { data, dataUpdatedAt: dataUpdatedAt ?? 0 }
  }
  const first = await page()
  expect(first.data).toMatchObject({ registries: [{ id: 3, name: 'harbor' }] })
  expect(await page()).toEqual(first)
  expect(await console_.received(instance)).toHaveLength(1)

  vi.useFakeTimers({ toFake: ['Date'], now: first.dataUpdatedAt + 14 * minute })
  expect(await page()).toEqual(first)
  await waitUntil(async () => expect((await page()).dataUpdatedAt).toBeGreaterThan(first.dataUpdatedAt))
  expect(await console_.received(instance)).toHaveLength(2)

  vi.useRealTimers()
  const params = { instance_id: instance, registry_id: '3' }
  const admin = await console_.member('admin')
  const shown = await (await console_.swr(admin, 'registryShow', { params })).json()
  const deleted = await console_.swr(admin, 'registryDelete', { params, ifMatch: shown.content_hash })
  expect(deleted.ok).toBe(true)
  expect((await page()).data).toMatchObject({ registries: [] })
})

test('a problem is kept as one, not thrown', async () => {
  const cache = new QueryClient()
  const input = allRegistries({ connection: 'default', instance: 'not-there' })
  expect(await prefetchRemembered(cache, actor, 'registryList', input)).toMatchObject({ code: 'swr_not_found' })
  expect(cache.getQueryState(queryKey('registryList', input))).toMatchObject({ status: 'error' })
})

test('that it is gone is an answer, and a newer one than what is remembered', async () => {
  const input = { params: { connection: 'default', instance_id: await console_.instance({}) } }
  const page = () => prefetchRemembered(new QueryClient(), actor, 'instanceShow', input)
  expect(await page()).toBeNull()
  const words = JSON.stringify({ error_code: 'SWR.404001', error_msg: 'the instance does not exist' })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minute })
  await whileSwrIs(
    (_, response) => response.writeHead(404).end(words),
    () => waitUntil(async () => expect(await page()).toMatchObject({ code: 'swr_not_found' })),
  )
})

describe('the matter of a page', () => {
  /** Meanwhile SWR takes every request and answers none. */
  const whileSilent = (work: () => Promise<void>) => whileSwrIs(() => {}, work)

  async function page(input: ReturnType<typeof allRegistries>) {
    const cache = new QueryClient()
    expect(await prefetchUnlessSlow(cache, actor, 'registryList', input)).toBeNull()
    return cache.getQueryState(queryKey('registryList', input))
  }

  test('is read each time, and from memory with its age where SWR takes its time', async () => {
    const instance = await console_.instance({ registries: [{ id: 3, name: 'harbor' }] })
    const input = allRegistries({ connection: 'default', instance })
    const first = await page(input)
    // Where the machine takes its time, SWR does: then it is read once more.
    let pages = 1
    const second = await waitUntil(async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 })
      pages += 1
      const shown = await page(input)
      expect(shown?.dataUpdatedAt).toBeGreaterThan(first?.dataUpdatedAt ?? Number.POSITIVE_INFINITY)
      return shown
    })
    const { length } = await console_.received(instance)
    expect(length).toBeGreaterThan(1)
    expect(length).toBeLessThanOrEqual(pages)
    await whileSilent(async () => {
      expect(await page(input)).toMatchObject({ data: second?.data, dataUpdatedAt: second?.dataUpdatedAt })
    })
  })

  test('is waited for where nothing is known', async () => {
    const input = allRegistries({ connection: 'default', instance: await console_.instance({}) })
    await whileSilent(async () => {
      const cache = new QueryClient()
      const asked = prefetchUnlessSlow(cache, actor, 'registryList', input)
      expect(await Promise.race([asked, setTimeout(500, 'waits')])).toBe('waits')
    })
  })
})
