import { readdirSync, readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { hasPostgres, newPostgres } from '../testing/database'

const folder = 'lib/db/migrations'
const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
const sqlOf = (name: string) => readFileSync(`${folder}/${name}`, 'utf8')

interface Raw {
  readonly run: (sql: string) => Promise<unknown>
  readonly rows: (sql: string) => Promise<unknown[]>
  readonly close: () => Promise<void>
}

async function pglite(): Promise<Raw> {
  const client = await PGlite.create('memory://')
  return {
    run: (sql) => client.exec(sql),
    rows: async (sql) => (await client.query(sql)).rows,
    close: () => client.close(),
  }
}

async function postgres(): Promise<Raw> {
  const client = new Client({ connectionString: await newPostgres() })
  await client.connect()
  return {
    run: (sql) => client.query(sql),
    rows: async (sql) => (await client.query(sql)).rows,
    close: () => client.end(),
  }
}

const kinds = [
  { name: 'PGlite', open: pglite },
  { name: 'PostgreSQL', open: postgres },
]

describe.each(hasPostgres() ? kinds : kinds.slice(0, 1))('migrations on $name', ({ open }) => {
  let raw: Raw | undefined
  afterEach(() => raw?.close())

  test('partial runs become jobs under their ids, and the next job has a later one', async () => {
    raw = await open()
    const [before, after] = [names.filter((name) => name < '0010'), names.filter((name) => name >= '0010')]
    for (const name of before) await raw.run(sqlOf(name))
    const values = (id: number, ended: string, stop: string) =>
      `(${id}, '2026-11-01Z', ${ended}, '2026-11-02Z', 'h', 'default', 'i', 7, 12, 'u', 'lin@team.example', 'operator', 'abc', '{"id": 7}', '[{"repository": "a/b"}]', ${stop})`
    await raw.run(`insert into partial_runs overriding system value
      values ${values(3, 'null', 'null, null, null')}, ${values(41, "'2026-11-02Z'", "'cancelled', 'kim', '2026-11-01Z'")}`)
    for (const name of after) await raw.run(sqlOf(name))
    const known = {
      kind: 'partial_run',
      subject: '7',
      size: 1,
      paused: false,
      holder: '',
      actor_name: 'lin@team.example',
    }
    const data = { executionId: 12, token: 'abc', policy: { id: 7 }, parts: [{ repository: 'a/b' }] }
    expect(await raw.rows('select *, id::int from jobs order by jobs.id')).toMatchObject([
      { ...known, id: 3, ended_at: null, stop_reason: null, data },
      { ...known, id: 41, ended_at: new Date('2026-11-02Z'), stop_reason: 'cancelled', stop_name: 'kim', data },
    ])
    const [next] =
      await raw.rows(`insert into jobs (kind, at, until, holder, connection, actor_id, actor_name, role, size, data)
      values ('k', now(), now(), '', 'c', 'u', 'u', 'viewer', 1, '{}') returning id::int`)
    expect(next).toEqual({ id: 42 })
  })
})
