import 'server-only'
import { readFileSync } from 'node:fs'
import { expect, vi } from 'vitest'
import { identity } from '../auth/identity'
import type { ConsoleOperation } from '../contract/console/operations'
import type { DryRun, RetentionImage, RetentionRun } from '../contract/console/retention-runs'
import { defaultRetentionLimits, type RetentionLimits } from '../contract/console/retention-settings'
import type { ConsoleOutput } from '../contract/console/schemas'
import type { Opened } from '../db/open'
import type { Db } from '../db/schema'
import { restoreKind } from '../insight/retention/archive/restore'
import { dryRunKind } from '../insight/retention/dry-run/worker'
import { watchKind } from '../insight/retention/real-run/watch'
import { realRunKind } from '../insight/retention/real-run/worker'
import { closeJobs, registerJobKind, startJobs } from '../jobs/runner'
import { demo } from '../sandbox/demo'
import { type Sandbox, startSandbox } from '../sandbox/start'
import { startTestConsole, type TestMember } from './console'
import { openAny } from './database'
import { heldPolicy, namespace, policyId, registryId } from './held-retention'
import { demoAt, SandboxedConsole } from './sandbox'
import { signed } from './signed-request'
import { waitUntil } from './wait-until'

/** A pace at which nothing ends, however long a test takes over what it does meanwhile. */
export const standstill = 3_600

interface Asked {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly query?: unknown
  readonly reason?: string
  readonly ifMatch?: string
}

interface World {
  readonly repositories: readonly object[]
  /** What the archive holds already. */
  readonly archived?: readonly object[]
  readonly policy?: object
  readonly content?: object
}

/** A console, an instance with a retention policy, and another one behind its registry, as an archive. */
export class RetentionConsole extends SandboxedConsole {
  instanceId = ''
  archiveId = ''
  /** The policy that calls are about. */
  policy = policyId

  constructor(
    db: Db,
    close: () => Promise<void>,
    sandbox: Sandbox,
    readonly environment: Readonly<Record<string, string>>,
  ) {
    super(db, close, sandbox)
  }

  async make({ repositories, archived = [], policy: more = {}, content = {} }: World): Promise<void> {
    this.policy = policyId
    this.archiveId = await this.instance({ namespaces: [{ name: 'archive', repositories: archived }] })
    const registry = {
      id: registryId,
      name: 'archive',
      type: 'swr-pro-internal',
      status: 'healthy',
      url: 'https://archive.example.com',
      project_id: demo.project,
      region_id: demo.region,
      instance_id: this.archiveId,
    }
    this.instanceId = await this.instance({
      namespaces: [{ name: namespace, repositories }],
      registries: [registry, { id: 4, name: 'basic', type: 'huawei-SWR', status: 'healthy', region_id: demo.region }],
      retentions: [heldPolicy(more)],
      ...content,
    })
    await this.control('PUT', '/pace', { secondsPerTask: 0 })
  }

  get place() {
    return {
      connection: 'default',
      instance_id: this.instanceId,
      namespace_name: namespace,
      policy_id: String(this.policy),
    }
  }

  async call(who: TestMember, name: ConsoleOperation, { params, ...rest }: Asked = {}) {
    const answer = await this.own(who, name, { params: { ...this.place, ...params }, ...rest })
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

  /** Sets the limits as one admin may; a higher ceiling than there is waits for another one. */
  async limit(admin: TestMember, limits: Partial<RetentionLimits>) {
    const { content_hash: ifMatch } = await this.ok(admin, 'retentionSettingsShow')
    return await this.ok(admin, 'retentionSettingsUpdate', { body: { ...defaultRetentionLimits, ...limits }, ifMatch })
  }

  archive(admin: TestMember, limits: Partial<RetentionLimits> = {}) {
    return this.limit(admin, { archive: { registry: registryId, namespace: 'archive', days: 30 }, ...limits })
  }

  /** Seconds that a task of SWR's takes from now on, also of what is under way. */
  pace(secondsPerTask: number) {
    return this.control('PUT', '/pace', { instance: this.instanceId, secondsPerTask })
  }

  async endedDryRun(who: TestMember, id: number): Promise<DryRun> {
    return await vi.waitFor(
      async () => {
        const { dryRun } = await this.ok(who, 'retentionDryRunShow', { params: { dry_run_id: String(id) } })
        expect(dryRun.endedAt).not.toBeNull()
        return dryRun
      },
      { timeout: 25_000, interval: 50 },
    )
  }

  /** A dry run that SWR has begun and goes on with until it gets another pace. */
  async dryRunUnderWay(who: TestMember): Promise<DryRun> {
    await this.pace(standstill)
    const { dryRun } = await this.ok(who, 'retentionDryRunStart')
    await waitUntil(async () => {
      const now = await this.ok(who, 'retentionDryRunShow', { params: { dry_run_id: String(dryRun.id) } })
      expect(now.dryRun.execution).not.toBeNull()
    })
    return dryRun
  }

  async dryRun(who: TestMember): Promise<DryRun> {
    const { dryRun } = await this.ok(who, 'retentionDryRunStart')
    return await this.endedDryRun(who, dryRun.id)
  }

  /** A finished dry run that somebody has opened. */
  async arm(who: TestMember): Promise<DryRun> {
    const done = await this.dryRun(who)
    expect(done).toMatchObject({ state: 'done', failure: null })
    return (await this.ok(who, 'retentionDryRunSee', { params: { dry_run_id: String(done.id) } })).dryRun
  }

  /** In the name of somebody who has just been shown what holds now, unless `more` says what they agree to. */
  async start(who: TestMember, dryRun: number, more: object = {}, reason?: string) {
    const { terms: agreed } = await this.ok(who, 'retentionLockShow')
    const body = { confirm: namespace, dryRun, agreed, ...more }
    return this.call(who, 'retentionRunStart', { body, ...(reason !== undefined && { reason }) })
  }

  async started(who: TestMember, dryRun: number, more: object = {}): Promise<RetentionRun> {
    const { status, body } = await this.start(who, dryRun, more)
    expect(status, JSON.stringify(body)).toBe(200)
    return body.run
  }

  showRun(who: TestMember, id: number) {
    return this.ok(who, 'retentionRunShow', { params: { retention_run_id: String(id) } })
  }

  /** The run once `reached` holds of it. */
  async runWhen(who: TestMember, id: number, reached: (run: RetentionRun) => boolean): Promise<RetentionRun> {
    return await vi.waitFor(
      async () => {
        const { run } = await this.showRun(who, id)
        expect(reached(run), JSON.stringify(run)).toBe(true)
        return run
      },
      { timeout: 45_000, interval: 50 },
    )
  }

  endedRun(who: TestMember, id: number): Promise<RetentionRun> {
    return this.runWhen(who, id, ({ endedAt }) => endedAt !== null)
  }

  async images(who: TestMember, id: number, query: object = {}): Promise<RetentionImage[]> {
    const params = { retention_run_id: String(id) }
    return (await this.ok(who, 'retentionRunImageList', { params, query: { limit: '500', ...query } })).rows
  }

  async restored(who: TestMember, id: number, images: readonly number[]): Promise<RetentionRun> {
    await this.ok(who, 'retentionRestoreStart', { params: { retention_run_id: String(id) }, body: { images } })
    return await this.runWhen(who, id, ({ restores }) => restores.waiting === 0)
  }

  /** `repository:tag` → digest of what an instance holds. */
  async held(instance: string): Promise<Map<string, string>> {
    const state = await this.control<{
      namespaces: {
        name: string
        repositories: { name: string; artifacts: { digest: string; tags: { name: string }[] }[] }[]
      }[]
    }>('GET', `/instances/${instance}`)
    return new Map(
      state.namespaces.flatMap(({ name: space, repositories }) =>
        repositories.flatMap(({ name, artifacts }) =>
          artifacts.flatMap(({ digest, tags }) =>
            tags.map((tag): [string, string] => [`${space}/${name}:${tag.name}`, digest]),
          ),
        ),
      ),
    )
  }

  /** As somebody at SWR's own console writes it; `path` is what follows the instance. */
  async outside(method: 'POST' | 'PUT' | 'DELETE', path: string, sent?: object): Promise<void> {
    const { url } = this.sandbox
    const at = `/v2/${demo.project}/instances/${this.instanceId}/${path}`
    const { headers } = signed(method, at, { body: sent }, new Date(), new URL(url).host)
    const answer = await fetch(url + at, { method, headers, ...(sent && { body: JSON.stringify(sent) }) })
    expect(answer.ok, await answer.text()).toBe(true)
  }

  push(repository: string, tags: readonly unknown[]) {
    return this.control('POST', '/images', {
      instance: this.instanceId,
      namespace,
      repositories: [{ name: repository, tags }],
    })
  }

  /** Real runs that SWR was asked to begin. */
  async deletions(): Promise<number> {
    const all = await this.received(this.instanceId)
    return all.filter(({ operation, body }) => operation === 'retentionExecutionStart' && isReal(body)).length
  }
}

const isReal = (body: unknown) =>
  typeof body === 'object' && body !== null && 'dry_run' in body && body.dry_run === false

export interface RetentionConsoleOptions {
  readonly opening?: Promise<Opened>
  /** Carries jobs out in this process; otherwise it only holds those that it has made. */
  readonly works?: boolean
  readonly hangMinutes?: number
  /** More of the configuration; files are read as they are. */
  readonly source?: Readonly<Record<string, string>>
}

const forever = () => new Promise<never>(() => {})

export async function startRetentionConsole({
  opening = openAny(),
  works = true,
  hangMinutes = 0.05,
  source = {},
}: RetentionConsoleOptions = {}): Promise<RetentionConsole> {
  const sandbox = await startSandbox({ port: 0, controlPort: 0 })
  const environment = { ...demoAt(sandbox.url), RETENTION_HANG_MINUTES: String(hangMinutes), ...source }
  const { db, close } = await startTestConsole(opening, environment, (path) => readFileSync(path, 'utf8'))
  if (works) void startJobs(await identity())
  else {
    registerJobKind({ ...dryRunKind, work: forever })
    registerJobKind({ ...realRunKind, work: forever })
    registerJobKind({ ...watchKind, work: forever })
    registerJobKind({ ...restoreKind, work: forever })
  }
  const closeAll = async () => {
    if (works) await closeJobs()
    Reflect.deleteProperty(globalThis, Symbol.for('console.job-runner'))
    await sandbox.close()
    await close()
  }
  return new RetentionConsole(db, closeAll, sandbox, environment)
}
