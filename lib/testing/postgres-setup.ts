import 'server-only'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { openDb } from '../db/open'
import { freePort } from './free-port'

declare module 'vitest' {
  interface ProvidedContext {
    /** A dump of an empty, migrated PGlite. */
    pglite: string
    /** Address of a PostgreSQL server; null where none can be started. */
    postgres: string | null
    /** Name of a migrated, empty database on that server, to copy. */
    template: string
  }
}

const debian = '/usr/lib/postgresql'

/** The folder of initdb: as told, or the newest of Debian's. */
function programs(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [process.env.POSTGRES_BIN, ...versions.map((version) => `${debian}/${version}/bin`)].find(
    (folder) => folder && existsSync(`${folder}/initdb`),
  )
}

/** PostgreSQL refuses to run as root. */
function asPostgres(command: string) {
  const [program, args] = process.getuid?.() === 0 ? ['su', ['postgres', '-c', command]] : ['sh', ['-c', command]]
  return execFileSync(program, args, { stdio: 'pipe', encoding: 'utf8' })
}

async function startCluster(bin: string, folder: string) {
  const port = await freePort()
  const data = `${folder}/postgres`
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', folder])
  asPostgres(`${bin}/initdb -D ${data} -A trust -U console -E UTF8 --no-sync`)
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`
  asPostgres(`${bin}/pg_ctl -D ${data} -w -o '${options}' -l ${folder}/log start`)
  const stop = () => asPostgres(`${bin}/pg_ctl -D ${data} -m immediate stop`)
  return { url: `postgres://console@127.0.0.1:${port}/postgres`, stop }
}

const template = 'migrated'

async function makeTemplate(server: string) {
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${template}`).finally(() => client.end())
  const url = new URL(server)
  url.pathname = template
  // As a template it must have no connection left.
  await (await openDb(url.href)).close()
}

async function dump(folder: string): Promise<string> {
  const client = await PGlite.create('memory://')
  await migrate(drizzle(client), { migrationsFolder: 'lib/db/migrations' })
  const path = `${folder}/pglite.tar`
  writeFileSync(path, new Uint8Array(await (await client.dumpDataDir('none')).arrayBuffer()))
  await client.close()
  return path
}

/** Once for all tests with a database: both kinds, empty. */
export async function setup(project: TestProject) {
  const bin = programs()
  if (!bin) {
    const missing = 'PostgreSQL is not installed (initdb was found neither in POSTGRES_BIN nor in Debian’s folders)'
    if (process.env.CI) throw new Error(`${missing}: the tests of the database must run on it here.`)
    console.warn(`\n${missing}: the tests of the database SKIP it and run on PGlite only.\n`)
  }
  const folder = mkdtempSync(`${tmpdir()}/console-test-`)
  const cluster = bin ? await startCluster(bin, folder) : null
  if (cluster) await makeTemplate(cluster.url)
  project.provide('postgres', cluster?.url ?? null)
  project.provide('template', template)
  project.provide('pglite', await dump(folder))
  return () => {
    cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
