import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobs, syncCells } from '../db/job-tables'
import type { Opened } from '../db/open'
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
})
