import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Opened } from '../db/open'
import type { Db } from '../db/schema'
import { redactor } from '../net/redact'
import { databases } from '../testing/database'
import { entryChunks, listEntries } from './search'
import { type AuditEvent, addFinishedEntry, finishEntry, markInterrupted, startEntry } from './store'

const secret = 'SecretThatMustNotBeStored'
const redact = redactor([secret])
const ann = { id: 'a', email: 'ann@example.com', role: 'admin' } as const
const write: AuditEvent = {
  actor: ann,
  operation: 'replicationUpdate',
  connection: 'default',
  instance: 'i',
  kind: 'replication',
  objectId: '7',
  objectName: 'nightly_50%',
}
const page = { offset: 0, limit: 10 }

describe.each(databases())('the audit log on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  beforeAll(async () => {
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())
  const entry = async (id: number, now?: Date) => {
    const { entries } = await listEntries(db, {}, { offset: 0, limit: 1000 }, now)
    return entries.find((each) => each.id === id)
  }

  test('an entry is there before the call, and says afterwards how it ended', async () => {
    const at = new Date()
    const id = await startEntry(db, redact, { ...write, reason: `because of ${secret}` }, 30, at)
    expect(await entry(id)).toMatchObject({
      outcome: 'open',
      at,
      actorName: 'ann@example.com',
      reason: 'because of •••',
    })
    const after = { name: secret, enabled: true, size: 3, none: null }
    await finishEntry(db, redact, id, {
      outcome: 'done',
      before: { enabled: false },
      after,
      status: 200,
      requestId: 'r',
    })
    const closed = await entry(id)
    expect(closed).toMatchObject({
      outcome: 'done',
      before: { enabled: false },
      after: { name: '•••', enabled: true, size: 3, none: null },
      requestId: 'r',
    })
    expect(closed?.closedAt).toBeInstanceOf(Date)
    expect(JSON.stringify(closed)).not.toContain(secret)
  })

  test('what died in between says so when its time is over', async () => {
    const at = new Date('2026-01-01T00:00:00Z')
    const id = await startEntry(db, redact, write, 30, at)
    expect((await entry(id, new Date(at.getTime() + 29_000)))?.outcome).toBe('open')
    const later = new Date(at.getTime() + 31_000)
    expect((await entry(id, later))?.outcome).toBe('interrupted')
    const having = async (outcome: 'open' | 'interrupted') =>
      (await listEntries(db, { outcome, to: later }, page, later)).entries.map((each) => each.id)
    expect(await having('interrupted')).toContain(id)
    expect(await having('open')).not.toContain(id)
  })

  test('after a restart on a directory nothing can still be under way', async () => {
    const id = await startEntry(db, redact, write, 3600)
    await markInterrupted(db)
    expect((await entry(id, new Date(Date.now() + 10)))?.outcome).toBe('interrupted')
  })

  test('nothing can be deleted or written again', async () => {
    const id = await startEntry(db, redact, write, 30)
    const cause = async (statement: ReturnType<typeof sql>) => {
      try {
        await db.execute(statement)
      } catch (error) {
        return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      }
      return 'nothing was refused'
    }
    expect(await cause(sql`delete from audit where id = ${id}`)).toMatch(/append-only/)
    expect(await cause(sql`truncate audit cascade`)).toMatch(/append-only/)
    expect(await cause(sql`update audit set actor_name = 'bob' where id = ${id}`)).toMatch(/append-only/)
    expect(await cause(sql`update audit set at = now(), outcome = 'done' where id = ${id}`)).toMatch(/append-only/)
    await finishEntry(db, redact, id, { outcome: 'failed', code: 'swr_timeout' })
    expect(await cause(sql`update audit set outcome = 'done' where id = ${id}`)).toMatch(/append-only/)
    await expect(finishEntry(db, redact, id, { outcome: 'done' })).rejects.toThrow()
    expect(await entry(id)).toMatchObject({ outcome: 'failed', code: 'swr_timeout', actorName: ann.email })
  })

  test('is filtered, paged and read whole', async () => {
    const bob = { id: 'b', email: 'bob@example.com', role: 'operator' } as const
    const at = (hour: number) => new Date(Date.UTC(2025, 5, 1, hour))
    const denied = { outcome: 'denied', status: 403, code: 'role_too_low' } as const
    for (let hour = 0; hour < 5; hour++)
      await addFinishedEntry(db, redact, { ...write, ...denied, actor: bob }, at(hour))
    const all = { person: 'BOB@', from: at(0), to: at(5) }
    expect(await listEntries(db, all, { offset: 2, limit: 2 })).toMatchObject({
      total: 5,
      entries: [{ at: at(2) }, { at: at(1) }],
    })
    const total = async (filters: Parameters<typeof listEntries>[1]) =>
      (await listEntries(db, { ...all, ...filters }, page)).total
    expect(await total({ from: at(1), to: at(3) })).toBe(2)
    expect(await total({ outcome: 'denied' })).toBe(5)
    expect(await total({ outcome: 'done' })).toBe(0)
    expect(await total({ operation: 'replicationDelete' })).toBe(0)
    expect(await total({ object: 'Y_50%' })).toBe(5)
    expect(await total({ object: 'y%50' })).toBe(0)
    expect(await total({ object: '7', kind: 'replication', connection: 'default', instance: 'i' })).toBe(5)
    expect(await total({ person: '%' })).toBe(0)
    const ids: number[] = []
    for await (const entries of entryChunks(db, all)) ids.push(...entries.map(({ id }) => id))
    expect(ids).toHaveLength(5)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
  })
})
