import 'server-only'
import type { ConsoleOutput } from '../../../contract/console/schemas'
import type { SyncCell, SyncJob } from '../../../contract/console/sync'
import { ProblemError } from '../../../contract/problem'
import { waitForVersion } from '../../../jobs/watch'
import { callConsole } from '../../console'
import type { PublicHandlers, PublicRequest } from '../request'
import { waitFor } from '../wait'

const jobOf = ({ id, actorName, targets, state, at, endedAt, tags, counts, throttledUntil, version }: SyncJob) => ({
  id: String(id),
  state,
  at,
  endedAt,
  by: actorName,
  targets: targets.map(({ region, organization }) => ({ region, organization })),
  tags,
  counts,
  throttledUntil,
  version,
})

function cellOf({ targets }: SyncJob, cell: SyncCell) {
  const { index, repository, tag, target, state, digest, reason, swr, attempts, at } = cell
  const { region = '', organization = '' } = targets[target] ?? {}
  return {
    ...{ index, repository, tag, region, organization, state, attempts, at },
    ...(digest !== '' && { digest }),
    ...(reason !== null && { reason }),
    ...(swr !== null && { swr }),
  }
}

/** Later than any version: for a look at a job without its cells, and for a wait until it ends. */
const never = Number.MAX_SAFE_INTEGER

type Asked = Pick<PublicRequest<'syncJobPause'>, 'actor' | 'params'>

const show = ({ actor, params }: Asked, since?: number): Promise<ConsoleOutput<'syncJobShow'>> =>
  callConsole(actor, 'syncJobShow', { params, query: { ...(since !== undefined && { since }) } })

/** Cells by index; those that are named by what they are have to be in the job. */
async function indexesOf(request: PublicRequest<'syncJobRetry'>): Promise<number[] | undefined> {
  const { cells } = request.body
  if (cells === undefined) return undefined
  if (cells.every((cell) => typeof cell === 'number')) return cells
  const { job, cells: all } = await show(request)
  const keyOf = (cell: { repository: string; tag: string; region: string; organization: string }) =>
    JSON.stringify([cell.repository, cell.tag, cell.region, cell.organization])
  const indexes = new Map(all.map((cell) => [keyOf(cellOf(job, cell)), cell.index]))
  return cells.map((cell, place) => {
    const index = typeof cell === 'number' ? cell : indexes.get(keyOf(cell))
    if (index !== undefined) return index
    throw new ProblemError({
      status: 422,
      code: 'invalid_request',
      fields: { [`body.cells.${place}`]: 'not_in_job' },
    })
  })
}

const change =
  (name: 'syncJobPause' | 'syncJobResume' | 'syncJobCancel') =>
  async ({ actor, params }: Asked) =>
    jobOf((await callConsole(actor, name, { params })).job)

export const syncJobHandlers: PublicHandlers<
  'syncJobList' | 'syncJobShow' | 'syncJobRetry' | 'syncJobPause' | 'syncJobResume' | 'syncJobCancel'
> = {
  async syncJobList({ actor, params, query }) {
    const { jobs, total } = await callConsole(actor, 'syncJobList', { params, query })
    return { items: jobs.map(jobOf), total }
  },

  async syncJobShow(request) {
    const { actor, known, query, signal } = request
    const job = await waitFor(async () => (await show(request, never)).job, {
      actor: actor.id,
      wait: query.wait,
      since: query.since,
      signal,
      isOver: ({ endedAt }) => endedAt !== null,
      pause: ({ id }, maxMs) => waitForVersion(known.db, id, query.since ?? never, maxMs / 1000, signal),
    })
    if (query.cells === undefined) return jobOf(job)
    // Read together: what is told of the job fits its cells.
    const all = await show(request)
    return { ...jobOf(all.job), cells: all.cells.map((cell) => cellOf(all.job, cell)) }
  },

  async syncJobRetry(request) {
    const { actor, params, body } = request
    const cells = await indexesOf(request)
    const { job } = await callConsole(actor, 'syncJobRetry', {
      params,
      body: { ...(body.states && { states: body.states }), ...(cells && { cells }) },
    })
    return jobOf(job)
  },

  syncJobPause: change('syncJobPause'),
  syncJobResume: change('syncJobResume'),
  syncJobCancel: change('syncJobCancel'),
}
