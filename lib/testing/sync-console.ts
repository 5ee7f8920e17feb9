import 'server-only'
import { identity } from '../auth/identity'
import type { Opened } from '../db/open'
import { syncJobKind } from '../insight/sync/worker'
import { closeJobs, registerJobKind, startJobs } from '../jobs/runner'
import { startSandbox } from '../sandbox/start'
import { startTestConsole } from './console'
import { openAny } from './database'
import { SandboxedConsole, threeRegions } from './sandbox'

export interface SyncConsoleOptions {
  readonly opening?: Promise<Opened>
  readonly verifyMinutes?: number
  /** Carries jobs out in this process. */
  readonly works?: boolean
}

/** A console that sees three regions of a sandbox of its own. */
export async function startSyncConsole({
  opening = openAny(),
  verifyMinutes = 0.05,
  works = true,
}: SyncConsoleOptions = {}): Promise<SandboxedConsole> {
  const sandbox = await startSandbox({ port: 0, controlPort: 0 })
  const { source, file } = threeRegions(sandbox.url)
  const settings = { ...source, SYNC_VERIFY_MINUTES: String(verifyMinutes) }
  const { db, close } = await startTestConsole(opening, settings, () => file)
  if (works) {
    registerJobKind(syncJobKind)
    void startJobs(await identity())
  }
  const closeAll = async () => {
    if (works) await closeJobs()
    Reflect.deleteProperty(globalThis, Symbol.for('console.job-runner'))
    await sandbox.close()
    await close()
  }
  return new SandboxedConsole(db, closeAll, sandbox)
}
