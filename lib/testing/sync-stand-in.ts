import 'server-only'
import { vi } from 'vitest'
import { consoleHandlers } from '../api/console-handlers'
import type { ConsoleOutput } from '../contract/console/schemas'
import type { SyncCell, SyncJob } from '../contract/console/sync'
import type { CellState, PlanCode } from '../contract/console/sync-vocabulary'
import { ProblemError } from '../contract/problem'

const at = '2026-11-27T10:00:00.000Z'

/**
 * Stands in for the operations of manual sync of the console's own: what is tested with it is how the public API asks them and
 * what it makes of their answers, which go through their real schemas. Each look at a job is one step of it.
 */
export class SyncStandIn {
  plans: (repository: string, tag: string, region: string) => PlanCode = () => 'new'
  /** How a cell ends. */
  ends: (cell: SyncCell, attempts: number) => CellState = () => 'verified'
  /** Looks until a job has ended. */
  looks = 1
  job: SyncJob | null = null
  cells: SyncCell[] = []
  /** What was asked last, by operation. */
  readonly asked = new Map<string, unknown>()

  constructor() {
    vi.spyOn(consoleHandlers, 'syncPlanShow').mockImplementation(async ({ body }) => {
      this.asked.set('syncPlanShow', body)
      return {
        at,
        targets: body.targets.map((target) => ({
          ...target,
          connection: null,
          checks: [{ code: 'quota', state: 'ok', at, detail: {} }],
        })),
        rows: body.images.flatMap(({ repository, tags }) =>
          tags.map((tag) => {
            const plans = body.targets.map(({ region }) => this.plans(repository, tag, region))
            const isThere = !plans.includes('source_missing')
            const digest = isThere ? `sha256:${tag}` : ''
            return { repository, tag, digest, size: isThere ? 100 : 0, updated: '', plans, there: plans.map(() => '') }
          }),
        ),
      }
    })
    vi.spyOn(consoleHandlers, 'syncJobStart').mockImplementation(async ({ actor, body }) => {
      this.asked.set('syncJobStart', body)
      this.cells = body.rows.flatMap(({ repository, tag, digest, size, send }, row) =>
        send.flatMap((mode, target): SyncCell[] =>
          mode === 'leave'
            ? []
            : [
                {
                  ...{ index: row * send.length + target, repository, tag, target, digest, size, at },
                  ...{ overwrite: mode === 'overwrite', state: 'waiting', reason: null, swr: null, attempts: 0 },
                },
              ],
        ),
      )
      this.job = {
        ...{ id: 7, at, endedAt: null, actorId: actor.id, actorName: actor.email, reason: null, state: 'running' },
        ...{ stopped: null, throttledUntil: null, repositories: 1, tags: body.rows.length, bytes: 0, counts: {} },
        targets: body.targets.map((target) => ({ ...target, connection: null })),
        version: 1,
      } as SyncJob
      return { job: this.counted() }
    })
    vi.spyOn(consoleHandlers, 'syncJobShow').mockImplementation(async ({ params, query }) => {
      if (params.sync_job_id !== '7') throw new ProblemError({ status: 404, code: 'not_in_contract' })
      // With its cells it is looked at, not waited for.
      if (query.since !== undefined) this.step()
      return { job: this.counted(), cells: query.since === undefined ? this.cells : [] }
    })
    vi.spyOn(consoleHandlers, 'syncJobList').mockImplementation(async ({ query }) => {
      this.asked.set('syncJobList', query)
      return { jobs: [this.counted()], total: 1 }
    })
    vi.spyOn(consoleHandlers, 'syncJobRetry').mockImplementation(async ({ body }) => {
      this.asked.set('syncJobRetry', body)
      for (const cell of this.cells)
        if (body.states?.includes(cell.state) || body.cells?.includes(cell.index)) cell.state = 'waiting'
      this.looks = 1
      this.job = { ...this.counted(), state: 'running', endedAt: null }
      return { job: this.job }
    })
    for (const [name, state] of [
      ['syncJobPause', 'paused'],
      ['syncJobResume', 'running'],
      ['syncJobCancel', 'canceled'],
    ] as const)
      vi.spyOn(consoleHandlers, name).mockImplementation(async () => {
        this.job = { ...this.counted(), state }
        return { job: this.job }
      })
  }

  private counted(): SyncJob {
    if (!this.job) throw new ProblemError({ status: 404, code: 'not_in_contract' })
    const counts: ConsoleOutput<'syncJobShow'>['job']['counts'] = {
      ...{ waiting: 0, skipped: 0, sending: 0, reported: 0, verified: 0 },
      ...{ unverifiable: 0, missing: 0, failed: 0, unknown: 0, canceled: 0 },
    }
    for (const { state } of this.cells) counts[state] += 1
    return { ...this.job, counts }
  }

  private step() {
    if (!this.job || this.job.endedAt !== null || --this.looks > 0) return
    for (const cell of this.cells)
      if (cell.state === 'waiting') {
        cell.attempts += 1
        cell.state = this.ends(cell, cell.attempts)
        if (cell.state === 'failed') cell.swr = { status: 403, message: 'denied' }
      }
    this.job = { ...this.job, state: 'done', endedAt: at, version: this.job.version + 1 }
  }
}
