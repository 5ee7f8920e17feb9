import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databases } from '../testing/database'
import { testJob, testKind } from '../testing/jobs'
import type { Opened } from './open'
import { countImages } from './retention-counts'
import type { ImageFilter } from './retention-image-narrowing'
import { imagePlaces, imagesAt } from './retention-image-places'
import { changeImages, imagesOf, insertImages, listImages, type NewImage, removeImages } from './retention-images'
import { limitsOf, limitsState, saveLimits } from './retention-settings'
import type { Db } from './schema'

const image = (index: number, more: Partial<NewImage> = {}): NewImage => ({
  index,
  repository: 'payments/api',
  digest: `sha256:${String(index).padStart(4, '0')}`,
  tags: [`v${index}`],
  size: 10,
  pushed: new Date(1_000),
  pulled: null,
  swr: 'keep',
  ours: 'keep',
  rule: 0,
  because: null,
  immutable: null,
  differs: false,
  inUse: [],
  ...more,
})

describe.each(databases())('images of runs on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  let job = 0
  beforeAll(async () => {
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    job = (await testJob(db, testKind())).id
  })

  const page = async (filter: ImageFilter, more: { search?: string; repository?: string } = {}) => {
    const { rows, total } = await listImages(db, job, { filter, search: '', offset: 0, limit: 100, ...more })
    expect(total).toBe(rows.length)
    return rows.map(({ index }) => index)
  }

  test('what a run no longer has whole is not read as if it were', async () => {
    await insertImages(db, job, 1, [image(0), image(1), image(2)])
    const { byRepository } = await imagePlaces(db, job)
    async function read() {
      const found: number[] = []
      for await (const images of imagesAt(db, job, byRepository)) found.push(...images.map(({ index }) => index))
      return found
    }
    expect(await read()).toEqual([0, 1, 2])
    await removeImages(db, job, [1])
    await expect(read()).rejects.toThrow('gone')
  })

  test('thousands are entered, paged and counted', async () => {
    await insertImages(
      db,
      job,
      3,
      Array.from({ length: 1_234 }, (_, index) => image(index, { swr: index % 2 === 0 ? 'delete' : 'keep' })),
    )
    const { rows, total } = await listImages(db, job, { filter: 'delete', search: '', offset: 600, limit: 10 })
    expect(total).toBe(617)
    expect(rows.map(({ index }) => index)).toEqual([1200, 1202, 1204, 1206, 1208, 1210, 1212, 1214, 1216, 1218])
    expect(rows[0]).toMatchObject({ version: 3, tags: ['v1200'], pushed: new Date(1_000), pulled: null, copy: 'none' })
    const counts = (await countImages(db, [job])).get(job)
    expect(counts?.swr.delete).toEqual({ images: 617, tags: 617, bytes: 6_170, names: 617 })
    expect(counts?.swr.keep.images).toBe(617)
  })

  test('are narrowed by what became of them, and searched by repository, tag and digest', async () => {
    await insertImages(db, job, 0, [
      image(0, { swr: 'delete', inUse: ['prod'] }),
      image(1, { swr: 'immutable' }),
      image(2, { swr: 'error' }),
      image(3, { swr: 'unknown', differs: true }),
      image(4, { repository: 'payments/web_1', tags: ['50%', 'latest'], copy: 'failed' }),
      image(5, { tags: [] }),
    ])
    expect(await page('all')).toEqual([0, 1, 2, 3, 4, 5])
    expect(await page('delete')).toEqual([0])
    expect(await page('keep')).toEqual([1, 4, 5])
    expect(await page('unknown')).toEqual([2, 3])
    expect(await page('differs')).toEqual([3])
    expect(await page('in_use')).toEqual([0])
    expect(await page('failed')).toEqual([2, 4])
    expect(await page('all', { search: 'WEB_' })).toEqual([4])
    expect(await page('all', { search: 'LATE' })).toEqual([4])
    expect(await page('all', { search: '%' })).toEqual([4])
    expect(await page('all', { search: '0003' })).toEqual([3])
    expect(await page('all', { search: 'sha256:0003' })).toEqual([3])
    expect(await page('keep', { repository: 'payments/api' })).toEqual([1, 5])
  })

  test('a change leaves what it does not name, and tells the time of a copy', async () => {
    await insertImages(db, job, 0, [
      image(0, { copy: 'waiting', because: 'tie', immutable: 9 }),
      image(1, { copy: 'waiting' }),
    ])
    await changeImages(db, job, 2, [
      { index: 0, copy: 'seen', place: 'archive/api' },
      { index: 1, ours: 'keep', rule: null, because: null, immutable: 8, tags: ['v1', 'v2'], copyText: 'why' },
    ])
    const [copied, waiting] = await imagesOf(db, job)
    expect(copied).toMatchObject({
      copy: 'seen',
      place: 'archive/api',
      because: 'tie',
      rule: 0,
      immutable: 9,
      version: 2,
    })
    expect(copied?.copiedAt).toBeInstanceOf(Date)
    expect(waiting).toMatchObject({
      copy: 'waiting',
      copiedAt: null,
      ours: 'keep',
      rule: null,
      immutable: 8,
      tags: ['v1', 'v2'],
    })
    await changeImages(db, job, 3, [{ index: 0, restore: 'restored' }])
    expect((await imagesOf(db, job, { restore: ['restored'] }))[0]?.copiedAt).toEqual(copied?.copiedAt)
    await removeImages(db, job, [1])
    expect((await imagesOf(db, job)).map(({ index }) => index)).toEqual([0])
  })

  test('limits are the usual ones until somebody sets them, each instance for itself', async () => {
    const usual = await limitsOf(db, 'default', 'one')
    expect(usual).toMatchObject({ dryRunHours: 24, outdatedShare: 0.05, ceilingTags: null, archive: null })
    await saveLimits(db, { connection: 'default', instance: 'one', actorName: 'a@b.c' }, { ...usual, ceilingTags: 5 })
    await saveLimits(db, { connection: 'default', instance: 'one', actorName: 'd@e.f' }, { ...usual, ceilingTags: 6 })
    expect(await limitsState(db, 'default', 'one')).toMatchObject({
      limits: { ceilingTags: 6 },
      changed: { name: 'd@e.f' },
    })
    expect(await limitsOf(db, 'default', 'two')).toEqual(usual)
  })
})
