import 'server-only'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, vi } from 'vitest'
import { identity } from '../auth/identity'
import type { ConsoleOperation } from '../contract/console/operations'
import type { ConsoleOutput } from '../contract/console/schemas'
import type { SyncCell, SyncJob, SyncPlan, SyncTarget } from '../contract/console/sync'
import type { SendMode } from '../contract/console/sync-vocabulary'
import type { Opened } from '../db/open'
import type { Db } from '../db/schema'
import { syncJobKind } from '../insight/sync/worker'
import { closeJobs, registerJobKind, startJobs } from '../jobs/runner'
import { type Sandbox, startSandbox } from '../sandbox/start'
import type { Received } from '../sandbox/world'
import { startTestConsole, type TestMember } from './console'
import { openAny } from './database'
import { SandboxedConsole, threeRegions } from './sandbox'

export interface Asked {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly query?: unknown
  readonly reason?: string
  readonly ifMatch?: string
}

interface Wanted {
  readonly images: readonly { readonly repository: string; readonly tags: readonly string[] }[]
  readonly targets: readonly SyncTarget[]
  readonly mode?: SendMode
}

/** The request that starts a job as it was planned, with the same mode for every cell. */
export const pinned = ({ targets, rows }: SyncPlan, mode: SendMode = 'send') => ({
  targets: targets.map(({ region, organization, connection }) => ({ region, organization, connection })),
  rows: rows.map(({ repository, tag, digest, size, plans, reasons }) => ({
    ...{ repository, tag, digest, size, plans, reasons },
    send: targets.map(() => mode),
  })),
})

const endings: readonly SyncJob['state'][] = ['done', 'canceled']

/** A console that sees three regions of a sandbox of its own: `default`, `europe` and `hongkong`. */
export class SyncConsole extends SandboxedConsole {
  constructor(
    db: Db,
    close: () => Promise<void>,
    sandbox: Sandbox,
    /** What another process of the same console is told. */
    readonly environment: Readonly<Record<string, string>>,
  ) {
    super(db, close, sandbox)
  }

  async call(who: TestMember, name: ConsoleOperation, { params, ...rest }: Asked = {}) {
    const answer = await this.own(who, name, { params: { connection: 'default', ...params }, ...rest })
    return { status: answer.status, body: await answer.json() }
  }

  async ok<Name extends ConsoleOperation>(
    who: TestMember,
    name: Name,
    asked: Asked = {},
  ): Promise<ConsoleOutput<Name>> {
    const { status, body } = await this.call(who, name, asked)
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }

  /** Sends everything to every target. */
  async startSync(who: TestMember, { images, targets, mode = 'send' }: Wanted): Promise<SyncJob> {
    const plan = await this.ok(who, 'syncPlanShow', { body: { images, targets } })
    const body = pinned(plan, mode)
    return (await this.ok(who, 'syncJobStart', { body, reason: 'release 2.4' })).job
  }

  showSync(who: TestMember, id: number, since?: number) {
    const query = since === undefined ? {} : { since: String(since) }
    return this.ok(who, 'syncJobShow', { params: { sync_job_id: String(id) }, query })
  }

  /** The job once it has ended. */
  endedSync(who: TestMember, id: number): Promise<{ job: SyncJob; cells: SyncCell[] }> {
    return vi.waitFor(
      async () => {
        const shown = await this.showSync(who, id)
        expect(endings).toContain(shown.job.state)
        return shown
      },
      { timeout: 50_000, interval: 100 },
    )
  }

  /** Manual sync as SWR was asked for it, out of an organization. */
  async syncCalls(source: string): Promise<Received[]> {
    const path = `/requests?organization=${source}&operation=manualSync`
    const { requests, forgotten } = await this.control<{ requests: Received[]; forgotten: number }>('GET', path)
    expect(forgotten).toBe(0)
    return requests
  }

  /** `region repository:tag` of each tag of each call that was not turned back. */
  async sentTags(source: string): Promise<string[]> {
    return (await this.syncCalls(source)).flatMap(({ path, body, status }) => {
      if (status === 429) return []
      const { imageTag, remoteRegionId } = body as { imageTag: string[]; remoteRegionId: string }
      return imageTag.map((tag) => `${remoteRegionId} ${path}:${tag}`)
    })
  }

  /** What an organization holds in some regions: `region organization/repository:tag` → digest. */
  async heldTags(organization: string, regions: readonly string[]): Promise<Map<string, string>> {
    const held = new Map<string, string>()
    for (const region of regions) {
      const path = `/organizations/${organization}?region=${region}`
      const { repositories } = await this.control<{
        repositories: { name: string; tags: { name: string; digest: string }[] }[]
      }>('GET', path)
      for (const { name, tags } of repositories)
        for (const tag of tags) held.set(`${region} ${organization}/${name}:${tag.name}`, tag.digest)
    }
    return held
  }
}

export interface SyncConsoleOptions {
  readonly opening?: Promise<Opened>
  readonly verifyMinutes?: number
  /** Carries jobs out in this process; otherwise it only holds those that it has made. */
  readonly works?: boolean
  /** More of the configuration; files are read as they are. */
  readonly source?: Readonly<Record<string, string>>
}

const idle = { ...syncJobKind, work: () => new Promise<never>(() => {}) }

export async function startSyncConsole({
  opening = openAny(),
  verifyMinutes = 0.05,
  works = true,
  source: more = {},
}: SyncConsoleOptions = {}): Promise<SyncConsole> {
  const sandbox = await startSandbox({ port: 0, controlPort: 0 })
  const { source, file } = threeRegions(sandbox.url)
  const folder = mkdtempSync(`${tmpdir()}/sync-console-`)
  writeFileSync(`${folder}/connections.yaml`, file)
  const environment = {
    ...source,
    SWR_CONNECTIONS_FILE: `${folder}/connections.yaml`,
    SYNC_VERIFY_MINUTES: String(verifyMinutes),
    ...more,
  }
  const { db, close } = await startTestConsole(opening, environment, (path) => readFileSync(path, 'utf8'))
  if (!works) registerJobKind(idle)
  if (works) void startJobs(await identity())
  const closeAll = async () => {
    if (works) await closeJobs()
    Reflect.deleteProperty(globalThis, Symbol.for('console.job-runner'))
    rmSync(folder, { recursive: true })
    await sandbox.close()
    await close()
  }
  return new SyncConsole(db, closeAll, sandbox, environment)
}
