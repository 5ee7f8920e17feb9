import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases } from '../testing/database'
import { withLease } from './lease'
import type { Opened } from './open'
import {
  deletedObjects,
  findRevision,
  latestHashes,
  latestRevision,
  leaseKey,
  listRevisions,
  markDeleted,
  type ResourceKey,
  saveIfChanged,
  saveRevision,
} from './revisions'
import { type Db, revisions } from './schema'

const version = (hash: string) => ({ name: 'nightly', hash, content: { id: 7, name: 'nightly', of: hash } })

describe.each(databases())('revisions on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  let made = 0
  beforeAll(async () => {
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())
  const place = (): ResourceKey => ({
    connection: 'default',
    instance: 'i',
    kind: 'replication',
    objectId: String(++made),
  })
  const sources = async (at: ResourceKey) =>
    (await listRevisions(db, at, { offset: 0, limit: 10 })).entries.map(({ source, hash }) => `${source} ${hash}`)
  const soon = () => new Date(Date.now() + 1)

  test('a write keeps the version before and after, once each', async () => {
    const at = place()
    await saveRevision(db, at, version('one'), { source: 'seen' })
    await saveRevision(db, at, version('two'), { source: 'console' })
    await saveRevision(db, at, version('two'), { source: 'seen' })
    expect(await sources(at)).toEqual(['console two', 'seen one'])
    expect((await latestRevision(db, at))?.content).toEqual({ id: 7, name: 'nightly', of: 'two' })
  })

  test('a change from outside is noticed at the next read, once', async () => {
    const at = place()
    const look = (hash: string, first = false, askedAt = soon()) =>
      saveIfChanged(db, at, version(hash), { asked: askedAt, first })
    await look('one')
    expect(await sources(at)).toEqual([])
    await look('one', true)
    await Promise.all([look('two', false, new Date(Date.now() + 60_000)), look('two', false, soon()), look('two')])
    await look('two')
    expect(await sources(at)).toEqual(['outside two', 'seen one'])
  })

  test('a read that crosses a write of the console is no change from outside', async () => {
    const at = place()
    const asked = new Date()
    await withLease(db, leaseKey(at), 30, async () => {
      await saveIfChanged(db, at, version('new'), { asked: soon(), first: true })
      await saveRevision(db, at, version('new'), { source: 'console', at: soon() })
      await saveIfChanged(db, at, version('newer'), { asked: new Date(Date.now() + 1000), first: true })
    })
    await saveIfChanged(db, at, version('old'), { asked, first: true })
    expect(await sources(at)).toEqual(['console new'])
  })

  test('a deleted one is kept and can be found; made again it is there again', async () => {
    const at = place()
    await saveRevision(db, at, version('one'), { source: 'console' })
    await saveRevision(db, at, version('one'), { source: 'console', deleted: true })
    expect((await deletedObjects(db, at)).map(({ objectId }) => objectId)).toEqual([at.objectId])
    await saveIfChanged(db, at, version('one'), { asked: soon(), first: false })
    expect(await deletedObjects(db, at)).toEqual([])
    expect(await sources(at)).toEqual(['outside one', 'console one', 'console one'])
  })

  test('one that is deleted outside is noticed, once, and not while the console writes', async () => {
    const at = place()
    await markDeleted(db, at, { asked: soon() })
    await saveRevision(db, at, version('one'), { source: 'console' })
    await markDeleted(db, at, { asked: new Date(0) })
    await withLease(db, leaseKey(at), 30, () => markDeleted(db, at, { asked: soon() }))
    expect(await sources(at)).toEqual(['console one'])
    await Promise.all([1, 2].map(() => markDeleted(db, at, { asked: new Date(Date.now() + 1000) })))
    expect(await sources(at)).toEqual(['outside one', 'console one'])
    expect((await deletedObjects(db, at)).map(({ objectId }) => objectId)).toContain(at.objectId)
  })

  test('belong to their object', async () => {
    const [at, other] = [place(), place()]
    const mine = await saveRevision(db, at, version('mine'), { source: 'console' })
    await saveRevision(db, other, version('theirs'), { source: 'console' })
    expect(await findRevision(db, at, mine?.id ?? 0)).toMatchObject({ hash: 'mine' })
    expect(await findRevision(db, other, mine?.id ?? 0)).toBeUndefined()
    expect(await findRevision(db, { ...at, connection: 'x' }, mine?.id ?? 0)).toBeUndefined()
    const hashes = await latestHashes(db, at, [at.objectId, other.objectId, '0'])
    expect([hashes.get(at.objectId), hashes.get(other.objectId)]).toEqual(['mine', 'theirs'])
  })

  test('cannot be changed', async () => {
    await saveRevision(db, place(), version('one'), { source: 'console' })
    await expect(db.update(revisions).set({ hash: 'x' })).rejects.toThrow()
    await expect(db.delete(revisions)).rejects.toThrow()
  })
})
