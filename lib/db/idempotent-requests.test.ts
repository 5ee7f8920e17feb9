import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases } from '../testing/database'
import { idempotentRequests } from './api-tables'
import { beginRequest, finishRequest, releaseRequest } from './idempotent-requests'
import type { Opened } from './open'

describe.each(databases())('requests with an idempotency key on $name', ({ open }) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  let keys = 0
  const fresh = () => ({ actor: 'somebody', key: `key ${++keys}`, request: 'one' })
  const begin = (request: ReturnType<typeof fresh>) => beginRequest(opened.db, request)
  const age = (key: string, interval: string) =>
    opened.db
      .update(idempotentRequests)
      .set({ at: sql`now() - ${interval}::interval` })
      .where(eq(idempotentRequests.key, key))

  test('begin once, however many come at once', async () => {
    const request = fresh()
    const begun = await Promise.all(Array.from({ length: 10 }, () => begin(request)))
    expect(begun.map(({ state }) => state).sort()).toEqual(['begun', ...Array.from({ length: 9 }, () => 'running')])
  })

  test('are answered as the first one was', async () => {
    const request = fresh()
    await begin(request)
    await finishRequest(opened.db, request, { status: 202, answer: { id: '7' } })
    expect(await begin(request)).toEqual({ state: 'answered', status: 202, answer: { id: '7' } })
    // The first answer stays.
    await finishRequest(opened.db, request, { status: 500, answer: {} })
    expect(await begin(request)).toMatchObject({ status: 202 })
    await releaseRequest(opened.db, request)
    expect(await begin(request)).toMatchObject({ status: 202 })
  })

  test('belong to one actor, and their key to one request', async () => {
    const request = fresh()
    await begin(request)
    expect(await begin({ ...request, request: 'other' })).toEqual({ state: 'reused' })
    expect(await begin({ ...request, actor: 'somebody else' })).toEqual({ state: 'begun' })
  })

  test('can be tried again once they are released', async () => {
    const request = fresh()
    await begin(request)
    await releaseRequest(opened.db, request)
    expect(await begin(request)).toEqual({ state: 'begun' })
  })

  test('whose console died in the middle are never begun again', async () => {
    const request = fresh()
    await begin(request)
    await age(request.key, '9 minutes')
    expect(await begin(request)).toEqual({ state: 'running' })
    await age(request.key, '11 minutes')
    expect(await begin(request)).toEqual({ state: 'unknown' })
    await age(request.key, '23 hours')
    expect(await begin(request)).toEqual({ state: 'unknown' })
  })

  test('are forgotten after a day', async () => {
    const [request, other] = [fresh(), fresh()]
    for (const each of [request, other]) {
      await begin(each)
      await finishRequest(opened.db, each, { status: 202, answer: {} })
      await age(each.key, '25 hours')
    }
    const begun = await Promise.all(Array.from({ length: 5 }, () => begin({ ...request, request: 'new' })))
    expect(begun.filter(({ state }) => state === 'begun')).toHaveLength(1)
    expect(await opened.db.select().from(idempotentRequests).where(eq(idempotentRequests.key, other.key))).toEqual([])
  })
})
