import 'server-only'
import { identity } from '../auth/identity'
import type { Opened } from '../db/open'
import { syncJobKind } from '../insight/sync/worker'
import { closeJobs, registerJobKind, startJobs } from '../jobs/runner'
import { demoEurope, demoHongKong } from '../sandbox/demo'
import { startSandbox } from '../sandbox/start'
import { startTestConsole } from './console'
import { openAny } from './database'
import { demoAt, SandboxedConsole } from './sandbox'

const listed = (
  id: string,
  { region, project, access, secret }: typeof demoEurope | typeof demoHongKong,
  url: string,
) =>
  `- { id: ${id}, name: ${id}, region: ${region}, project: ${project}, endpoint: '${url}', access: ${access}, secret: ${secret} }\n`

/** Settings of a console with the demo's account in three regions: `default`, `europe` and `hongkong`. */
export const threeRegions = (url: string) => ({
  source: { ...demoAt(url), SWR_CONNECTIONS_FILE: 'connections.yaml' },
  file: listed('europe', demoEurope, url) + listed('hongkong', demoHongKong, url),
})

export interface SyncConsoleOptions {
  readonly opening?: Promise<Opened>
  readonly verifyMinutes?: number
  /** Carries jobs out in this process. */
  readonly works?: boolean
}

/** A console that sees three regions of a sandbox of its own. */
export async function startSyncConsole({
  opening = openAny(),
  verifyMinutes = 0.2,
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
    await sandbox.close()
    await close()
  }
  return new SandboxedConsole(db, closeAll, sandbox)
}
