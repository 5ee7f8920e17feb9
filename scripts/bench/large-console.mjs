import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { freePort } from '../port.mjs'
import { root } from '../run.mjs'
import { serve } from '../serve.mjs'
import { signIn } from './console.mjs'
import { whileRunning } from './while-running.mjs'

export const size = { policies: 10_000, repositories: 2_000, tags: 50_000, instances: 60, entries: 100_000 }
const instanceId = (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

/** A database with a long audit log, in a folder that goes with this process. */
async function database() {
  const folder = mkdtempSync(join(tmpdir(), 'swr-console-large-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const client = await PGlite.create({ dataDir: join(folder, 'database') })
  await migrate(drizzle(client), { migrationsFolder: `${root}lib/db/migrations` })
  const filters = Array.from({ length: 4 }, (_, index) => ({ type: 'name', value: `team-${index}/**` }))
  await client.query(
    `insert into audit (at, until, closed_at, actor_name, role, operation, kind, object_id, object_name, before, after, outcome)
     select now() - n * interval '1 minute', now(), now(), 'ann@example.com', 'admin', 'replicationUpdate', 'replication',
            (n % 500)::text, 'policy-' || n % 500, $1, $1, 'done'
     from generate_series($2::int, 1, -1) n`,
    [JSON.stringify({ id: 1, filters }), size.entries],
  )
  await client.close()
  return folder
}

/**
 * Serves the console with a large sandbox while `work` measures. Its own user, because the demo keeps nothing of what was
 * written before it began.
 */
export async function withLargeConsole(work) {
  const { policies, repositories, tags, instances } = size
  const held = `policies=${policies},repositories=${repositories},tags=${tags},instances=${instances}`
  const admin = { email: 'bench@example.com', password: randomBytes(18).toString('base64url') }
  const probePort = String(await freePort())
  const running = await serve({
    port: String(await freePort(3000)),
    silent: true,
    size: held,
    imports: ['./scripts/bench/probe.mjs'],
    env: {
      CONSOLE_DEMO: '',
      DATA_DIR: await database(),
      CONSOLE_SECRET: randomBytes(32).toString('base64url'),
      CONSOLE_ADMIN_EMAIL: admin.email,
      CONSOLE_ADMIN_PASSWORD: admin.password,
      PROBE_PORT: probePort,
    },
  })
  const { address, pids, sandbox } = running
  return await whileRunning(running, async () => {
    const json = async (url, headers = {}) => await (await fetch(url, { headers })).json()
    const cookie = await signIn(address, admin)
    const requests = `http://127.0.0.1:${sandbox.control}/requests`
    return await work({
      address,
      cookie,
      pid: pids.console,
      large: instanceId(0),
      small: instanceId(1),
      /** What the console itself says since it was asked last. */
      probe: () => json(`http://127.0.0.1:${probePort}/`),
      api: (path) => json(`${address}/api/console${path}`, { cookie }),
      /** Requests that SWR has received since the one with the number `after`. */
      received: async (after) => (await json(`${requests}?after=${after}`)).requests,
    })
  })
}
