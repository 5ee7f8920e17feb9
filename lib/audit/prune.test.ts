import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Opened } from '../db/open'
import { saveRevision } from '../db/revisions'
import { audit, revisions } from '../db/schema'
import { databases } from '../testing/database'
import { pruneAudit } from './prune'
import { addFinishedEntry } from './store'

const day = (of: number) => new Date(Date.UTC(2025, 0, of))
const actor = { id: 'a', email: 'ann@example.com', role: 'admin' } as const

describe.each(databases())('the audit log on $name', ({ open }) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
    const { db } = opened
    for (let of = 1; of <= 6; of++)
      await addFinishedEntry(db, (value) => value, { actor, operation: 'replicationUpdate', outcome: 'done' }, day(of))
    const [first] = await db.select().from(audit).orderBy(audit.id).limit(1)
    const place = { connection: 'default', instance: 'i', kind: 'replication', objectId: '1' } as const
    const version = { name: 'nightly', hash: 'h', content: {} }
    await saveRevision(db, place, version, { source: 'console', auditId: first?.id ?? 0 })
  })
  afterAll(() => opened.close())
  const left = async () => (await opened.db.select().from(audit)).length

  test('loses nothing when it cannot be exported', async () => {
    const full = async () => {
      throw new Error('no space left')
    }
    const sync = async () => {}
    await expect(pruneAudit(opened.db, day(4), { write: full, sync })).rejects.toThrow('no space left')
    expect(await left()).toBe(6)
  })

  test('loses what is older than a date, written out before; versions stay, and triggers are on again', async () => {
    const lines: string[] = []
    let leftAtSync = 0
    const file = {
      write: async (line: string) => void lines.push(line),
      sync: async () => {
        leftAtSync = await left()
      },
    }
    expect(await pruneAudit(opened.db, day(4), file)).toBe(3)
    // Nothing is removed before the file is safe.
    expect(leftAtSync).toBe(6)
    expect(lines.map((line) => JSON.parse(line).at)).toEqual([day(3), day(2), day(1)].map((time) => time.toISOString()))
    expect(await left()).toBe(3)
    expect(await opened.db.select({ auditId: revisions.auditId }).from(revisions)).toEqual([{ auditId: null }])
    await expect(opened.db.delete(audit)).rejects.toThrow()
    await expect(opened.db.update(revisions).set({ name: 'x' })).rejects.toThrow()
    expect(await opened.db.execute(sql`select 1`)).toBeTruthy()
    expect(await pruneAudit(opened.db, day(4), file)).toBe(0)
    expect(
      await opened.db
        .select()
        .from(audit)
        .where(eq(audit.at, day(4))),
    ).toHaveLength(1)
  })
})
