import 'server-only'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { inject } from 'vitest'
import { type Opened, openDb } from '../db/open'

export interface TestDatabase {
  readonly name: string
  /** An empty database of its own. */
  readonly open: () => Promise<Opened>
}

/** Runs one statement on the server that the tests started. */
async function onServer(url: string, statement: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** Address of a new database without tables, or a copy of `template`. */
export async function newPostgres(template = 'template1'): Promise<string> {
  const url = new URL(inject('postgres') ?? '')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(url.href, `create database ${name} template ${template}`)
  url.pathname = name
  return url.href
}

const pglite: TestDatabase = {
  name: 'PGlite',
  open: () => openDb('memory://', new Blob([readFileSync(inject('pglite'))])),
}
const postgres: TestDatabase = { name: 'PostgreSQL', open: async () => openDb(await newPostgres(inject('template'))) }

export const hasPostgres = () => inject('postgres') !== null

/** One empty database for tests that are not about databases: PostgreSQL where there is one, which starts in a tenth of the time. */
export const openAny = (): Promise<Opened> => (hasPostgres() ? postgres : pglite).open()

/** Each test of the database runs on each of these. */
export const databases = (): TestDatabase[] => (hasPostgres() ? [pglite, postgres] : [pglite])
