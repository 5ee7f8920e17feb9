import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEntries } from '../audit/search'
import { finishEntry, startEntry } from '../audit/store'
import { redactor } from '../net/redact'
import { databases } from '../testing/database'
import type { Opened } from './open'
import { toPgJson, toPgText } from './pg-text'
import { latestRevision, saveIfChanged, saveRevision } from './revisions'
import { revisions } from './schema'

const odd = 'a\0b\ud800c\udc00d😀\\u0000\\ud800'
const mended = 'a\ufffdb\ufffdc\ufffdd😀\\u0000\\ud800'

test('what the database does not take is replaced, and nothing else', () => {
  expect(toPgText(odd)).toBe(mended)
  const other = { text: '"\\\n\t\u0001é维', list: [1, true, null, { deep: '\\\\u0000' }] }
  expect(JSON.parse(toPgJson(other))).toEqual(other)
  expect(JSON.parse(toPgJson({ [odd]: [odd, { odd }] }))).toEqual({ [mended]: [mended, { odd: mended }] })
})

describe.each(databases())('texts of others on $name', ({ open }) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  test('an entry is made, closed, and found by what was written', async () => {
    const { db } = opened
    const redact = redactor(['none'])
    const actor = { id: null, email: odd, role: null }
    const id = await startEntry(db, redact, { actor, operation: 'x', objectName: odd, reason: odd }, 30)
    await finishEntry(db, redact, id, { outcome: 'done', before: { [odd]: odd }, after: [odd, '"', 7], requestId: odd })
    const { entries } = await listEntries(db, { person: odd, object: odd, operation: 'x' }, { offset: 0, limit: 9 })
    expect(entries).toMatchObject([
      { actorName: mended, reason: mended, before: { [mended]: mended }, after: [mended, '"', 7], outcome: 'done' },
    ])
    expect((await listEntries(db, { kind: '\0', objectId: '\ud800' }, { offset: 0, limit: 9 })).total).toBe(0)
  })

  test('a version is noticed, whatever its name', async () => {
    const place = { connection: 'c', instance: 'i', kind: 'replication', objectId: '2' } as const
    const version = { name: odd, hash: 'h', content: {} }
    const looked = { asked: new Date(), first: true }
    expect(await saveIfChanged(opened.db, place, version, looked)).toMatchObject({ source: 'seen', name: mended })
  })

  test('a version of a megabyte is kept', async () => {
    const { db } = opened
    const at = { connection: 'c', instance: 'i', kind: 'replication', objectId: '1' } as const
    const content = { description: '维\0'.repeat(2 ** 18), number: 2 ** 53 - 1, nothing: null }
    await saveRevision(db, at, { name: odd, hash: 'h', content }, { source: 'seen' })
    expect(await latestRevision(db, at)).toMatchObject({
      name: mended,
      content: { ...content, description: '维\ufffd'.repeat(2 ** 18) },
    })
    const types = await db
      .select({ type: sql<string>`jsonb_typeof(content)` })
      .from(revisions)
      .where(eq(revisions.objectId, '1'))
    expect(types).toEqual([{ type: 'object' }])
  })
})
