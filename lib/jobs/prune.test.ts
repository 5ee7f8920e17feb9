import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobs, syncCells } from '../db/job-tables'
import type { Opened } from '../db/open'
import { changeImages, insertImages } from '../db/retention-images'
import { insertCells } from '../db/sync-cells'
import { databases } from '../testing/database'
import { testJob, testKind } from '../testing/jobs'
import { pruneJobs } from './prune'

const cell = { repository: 'a/b', tag: 'v1', target: 0, digest: '', size: 1, overwrite: false, reason: null }

describe.each(databases())('old jobs on $name', ({ open }) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  test('go with their cells; what ended later, or goes on, stays', async () => {
    const { db } = opened
    const kind = testKind()
    const ending = async (days: number | null) => {
      const { id } = await testJob(db, kind)
      await insertCells(db, id, 0, [{ ...cell, index: 0, state: 'verified' }])
      const endedAt = days === null ? null : sql`now() - make_interval(days => ${days})`
      await db.update(jobs).set({ at: sql`now() - interval '1 year'`, endedAt }).where(eq(jobs.id, id))
      return id
    }
    const old: number[] = []
    for (let count = 0; count < 60; count += 1) old.push(await ending(31))
    const stay = [await ending(29), await ending(null)]
    const before = new Date(Date.now() - 30 * 86_400_000)
    expect(await pruneJobs(db, before)).toBe(old.length)
    expect((await db.select({ id: jobs.id }).from(jobs).orderBy(jobs.id)).map(({ id }) => id)).toEqual(stay)
    expect((await db.select().from(syncCells)).map(({ job }) => job).toSorted()).toEqual(stay)
    expect(await pruneJobs(db, before)).toBe(0)
  })

  test('a run of retention stays as long as a copy of its images is in the archive', async () => {
    const { db } = opened
    await db.delete(jobs)
    const { id } = await testJob(db, testKind())
    await db.update(jobs).set({ endedAt: sql`now() - interval '1 year'` }).where(eq(jobs.id, id))
    const image = { repository: 'a/b', digest: 'd', tags: ['v1'], size: 1, pushed: null, pulled: null, rule: null }
    const decided = {
      swr: 'delete',
      ours: 'delete',
      because: null,
      immutable: null,
      differs: false,
      inUse: [],
    } as const
    await insertImages(db, id, 0, [{ ...image, ...decided, index: 0, copy: 'seen' }])
    expect(await pruneJobs(db, new Date())).toBe(0)
    await changeImages(db, id, 1, [{ index: 0, copy: 'removed' }])
    expect(await pruneJobs(db, new Date())).toBe(1)
  })
})
