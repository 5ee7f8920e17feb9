import 'server-only'
import { resolve } from 'node:path'
import { config } from '../env/config'
import { globalSlot } from '../global-slot'
import { AccountWrites, rememberWrites } from './account-writes'
import { lockDirectory } from './directory-lock'
import { closeToOthers, privateDirectory } from './private-directory'
import { hideValues } from './query-error'
import type { Db } from './schema'

export interface Opened {
  readonly db: Db
  readonly close: () => Promise<void>
}

// The server always runs in the project's folder; the bundle's own place says nothing.
const migrationsFolder = () => resolve('lib/db/migrations')
/** Any number, the same in every console: who holds it migrates. */
const migrationLock = 730_114_507

async function openPostgres(url: string): Promise<Opened> {
  const [{ Pool }, { drizzle }, { migrate }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ])
  const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 })
  // Without a listener, a connection that breaks while idle ends the process; the next query opens another.
  pool.on('error', () => undefined)
  try {
    const client = await pool.connect()
    try {
      // Belongs to the connection: a console that dies here lets go.
      await client.query('select pg_advisory_lock($1)', [migrationLock])
      await migrate(drizzle(client), { migrationsFolder: migrationsFolder() })
      await client.query('select pg_advisory_unlock($1)', [migrationLock])
    } finally {
      client.release()
    }
  } catch (error) {
    await pool.end()
    throw error
  }
  return { db: drizzle(pool), close: () => pool.end() }
}

/** Of PostgreSQL's own 128 MB, a database of a few tens of megabytes needs little: beneath lies memory, or the system's cache. */
const sharedBuffers = 'shared_buffers=8MB'

/** `loadDataDir` is a dump to begin with: tests migrate once and copy. */
async function openPglite(dataDir: string, loadDataDir?: Blob): Promise<Opened> {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ])
  const startParams = [...PGlite.defaultStartParams, '-c', sharedBuffers]
  const client = await PGlite.create({ dataDir, loadDataDir, startParams })
  const writes = new AccountWrites()
  const db = drizzle(client, { logger: writes })
  await migrate(db, { migrationsFolder: migrationsFolder() })
  rememberWrites(db, writes)
  return { db, close: () => client.close() }
}

async function openDirectory(directory: string): Promise<Opened> {
  privateDirectory(directory)
  const release = lockDirectory(directory)
  try {
    const { db, close } = await openPglite(`${directory}/database`)
    closeToOthers(directory)
    return { db, close: () => close().finally(release) }
  } catch (error) {
    release()
    throw error
  }
}

/** `postgres://…`, `memory://` or a directory; the schema is up to date when it resolves. */
export function openDb(target: string, dump?: Blob): Promise<Opened> {
  if (/^postgres(ql)?:\/\//.test(target)) return openPostgres(target)
  return target === 'memory://' ? openPglite(target, dump) : openDirectory(resolve(target))
}

hideValues()

const opened = globalSlot('db', () => openDb(config().database))

/** Opened once per process. */
export const db = async (): Promise<Db> => (await opened()).db
