import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEntries } from '../audit/search'
import { audit } from '../db/schema'
import { startTestConsole, type TestConsole } from '../testing/console'
import { databases } from '../testing/database'
import { longestStall } from '../testing/longest-stall'
import { demoAt } from '../testing/sandbox'
import { exportAudit } from './audit-export'

const rows = 25_000
const maxStallMs = 250

describe.each(databases())('a long audit log on $name', ({ open }) => {
  let console_: TestConsole
  let cookie = ''
  beforeAll(async () => {
    console_ = await startTestConsole(open(), demoAt('http://127.0.0.1:9'))
    cookie = (await console_.member('viewer')).cookie
    const policy = JSON.stringify({
      id: 1,
      filters: Array.from({ length: 40 }, (_, index) => ({ type: 'name', value: `team-${index}/**` })),
    })
    // A policy before and after, as an update leaves them.
    await console_.db.execute(sql`
      insert into ${audit} (at, until, closed_at, actor_name, role, operation, kind, object_id, object_name, before, after, outcome)
      select now(), now(), now(), 'ann@example.com', 'admin', 'replicationUpdate', 'replication', '1', 'nightly-' || n,
        ${policy}::jsonb, ${policy}::jsonb, 'done'
      from generate_series(1, ${rows}) n`)
  }, 120_000)
  afterAll(() => console_.close())

  const take = async (format: string) => {
    const url = `http://127.0.0.1:3000/api/console/audit/export?format=${format}`
    const answer = await exportAudit(new Request(url, { headers: { cookie, host: '127.0.0.1:3000' } }))
    // As a browser takes it: piece by piece.
    let lines = 0
    for await (const piece of answer.body ?? []) lines += Buffer.from(piece).filter((byte) => byte === 10).length
    return lines
  }

  test.each([
    ['jsonl', rows],
    ['csv', rows + 1],
  ])(
    'is exported as %s without holding up anybody',
    async (format, least) => {
      let lines = 0
      const stall = await longestStall(async () => {
        lines = await take(format)
      }, maxStallMs)
      expect(lines).toBeGreaterThanOrEqual(least)
      expect(stall).toBeLessThan(maxStallMs)
    },
    120_000,
  )

  test.each([
    ['nothing fits', { object: 'zzz' }, 0, 0],
    ['the oldest fits', { object: 'nightly-1', operation: 'replicationUpdate' }, 11_111, 50],
    ['everything fits', { operation: 'replicationUpdate' }, 10_050, 50],
    ['far behind', { operation: 'replicationUpdate' }, rows, 50, rows - 50],
  ])(
    'is searched without holding up anybody: %s',
    async (_, filters, least, shown, offset = 0) => {
      let found = { total: 0, entries: [] as unknown[] }
      const stall = await longestStall(async () => {
        found = await listEntries(console_.db, filters, { offset, limit: 50 })
      }, maxStallMs)
      expect(found.total).toBeGreaterThanOrEqual(least)
      expect(found.entries).toHaveLength(shown)
      expect(stall).toBeLessThan(maxStallMs)
    },
    60_000,
  )

  test('what is not counted is said to be more', async () => {
    const page = { offset: 0, limit: 10 }
    expect(await listEntries(console_.db, { operation: 'replicationUpdate' }, page)).toMatchObject({ exact: false })
    expect(await listEntries(console_.db, { object: 'nightly-77' }, page)).toMatchObject({ exact: true, total: 111 })
  })
})
