import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { demo } from '@/lib/sandbox/demo'
import { address, consoleSecret } from './accounts'
import { admin } from './people'

const next = 'node_modules/next/dist/bin/next'
const root = fileURLToPath(new URL('..', import.meta.url))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const found = server.address()
  server.close()
  if (typeof found !== 'object' || found === null) throw new Error('no port')
  return found.port
}

/** A console of a test's own, with a database in a directory: it can be killed and started again on it. */
export class OwnConsole {
  private running: ReturnType<typeof spawn> | undefined
  /** All that it has printed, of every start. */
  output = ''

  private constructor(
    private readonly port: number,
    private readonly directory: string,
  ) {}

  static async make(): Promise<OwnConsole> {
    return new OwnConsole(await freePort(), mkdtempSync(join(tmpdir(), 'console-')))
  }

  get url() {
    return `http://127.0.0.1:${this.port}`
  }

  /** Resolves when it answers. `more` is said beside the usual variables. */
  async start(more: Readonly<Record<string, string>> = {}) {
    const child = spawn(
      process.execPath,
      ['--import', './scripts/preload.mjs', next, 'start', '-H', '127.0.0.1', '-p', String(this.port)],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own, so that whatever it starts dies with it.
        detached: true,
        env: {
          NODE_ENV: 'production',
          NEXT_TELEMETRY_DISABLED: '1',
          HOST: '127.0.0.1',
          PORT: String(this.port),
          DATA_DIR: this.directory,
          CONSOLE_SECRET: consoleSecret,
          CONSOLE_ADMIN_EMAIL: admin.email,
          CONSOLE_ADMIN_PASSWORD: admin.password,
          SWR_REGION: demo.region,
          SWR_PROJECT_ID: demo.project,
          SWR_ENDPOINT: address.sandbox,
          CLOUD_SDK_AK: demo.access,
          CLOUD_SDK_SK: demo.secret,
          ...more,
        },
      },
    )
    this.running = child
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk
      })
    for (const end = Date.now() + 90_000; Date.now() < end; ) {
      if (child.exitCode !== null) throw new Error(`the console ended with ${child.exitCode}`)
      const answer = await fetch(`${this.url}/api/health`).catch(() => null)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error('the console does not answer')
  }

  get pid(): number {
    return this.running?.pid ?? 0
  }

  /** Runs statements in its database, which serves one process: it must not run meanwhile. */
  async execute(statements: string) {
    const client = await PGlite.create(`${this.directory}/database`)
    await client.exec(statements)
    await client.close()
  }

  /** As when the machine loses its power: nothing can be tidied up. */
  async kill() {
    const child = this.running
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    process.kill(-child.pid, 'SIGKILL')
    await gone
  }

  async remove() {
    await this.kill()
    rmSync(this.directory, { recursive: true, force: true })
  }
}
