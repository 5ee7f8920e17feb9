import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../contract/actor'
import { ProblemError } from '../../contract/problem'
import type { RetentionExecution } from '../../contract/swr/retention-runs'
import { maxPageSize } from '../../contract/vocabulary'
import { jobs } from '../../db/job-tables'
import type { Db } from '../../db/schema'
import { listJobs } from '../../jobs/store'
import { readStatus } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import { requestSwr } from '../../swr/client'
import type { ConsoleHandlers } from '../handler'
import { executionPage, newestExecutions } from './execution'
import { rulesOfExecution } from './execution-rules'
import { failuresOfExecution, textOf } from './failures'
import { dryRunType, runType } from './job-types'
import { paramsOf, placeOf, type RetentionPlace } from './place'
import { tasksOf } from './verdicts'

/* SWR's executions as it tells them, whoever began them, with the console's own jobs beside them. */

const timeOf = (text: string | undefined): string | null => {
  const time = parseTime(text)
  return time === null ? null : new Date(time).toISOString()
}

interface JobOf {
  kind: 'dry_run' | 'run'
  id: number
  actorName: string
}

/** The console's own jobs for some executions. */
async function jobsOf(
  db: Db,
  { connection, instance, policy }: RetentionPlace,
  executions: readonly number[],
): Promise<Map<number, JobOf>> {
  if (executions.length === 0) return new Map()
  const execution = sql<number>`(${jobs.data}->>'execution')::float8`
  const rows = await db
    .select({ id: jobs.id, kind: jobs.kind, actorName: jobs.actorName, execution })
    .from(jobs)
    .where(
      and(
        inArray(jobs.kind, [dryRunType.kind, runType.kind]),
        eq(jobs.connection, connection),
        eq(jobs.instance, instance),
        eq(jobs.subject, String(policy)),
        inArray(sql`${jobs.data}->>'execution'`, executions.map(String)),
      ),
    )
  return new Map(
    rows.map(({ id, kind, actorName, execution: of }) => [
      of,
      { kind: kind === runType.kind ? ('run' as const) : ('dry_run' as const), id, actorName },
    ]),
  )
}

const mostNotBegun = 10

/** Runs that no execution of SWR's leads to: the newest, and how many there are. */
async function notBegunOf(db: Db, { connection, instance, namespace, policy }: RetentionPlace) {
  const where = and(sql`${jobs.data}->>'namespace' = ${namespace}`, sql`${jobs.data}->>'execution' is null`)
  const place = { connection, instance, subject: String(policy), where }
  const { jobs: runs, total } = await listJobs(db, runType, { ...place, offset: 0, limit: mostNotBegun })
  const rows = runs.map(({ id, at, actorName, data: { state } }) => ({ id, at: at.toISOString(), state, actorName }))
  return { rows, total }
}

/** Pages that are looked through for one execution: SWR has no call for it alone. */
const maxPages = 50

/** Throws `swr_not_found`, and `retention_out_of_reach` where SWR lists more than is looked through. */
async function findExecution(actor: Actor, place: RetentionPlace, id: number): Promise<RetentionExecution> {
  const among = (rows: readonly RetentionExecution[]) => rows.find((row) => row.id === id)
  const newest = among(await newestExecutions(actor, place))
  if (newest) return newest
  for (let page = 1; page < maxPages; page += 1) {
    const offset = page * maxPageSize
    const { executions } = await executionPage(actor, place, { offset, limit: maxPageSize })
    const found = among(executions)
    if (found) return found
    if (executions.length === 0) throw new ProblemError({ status: 404, code: 'swr_not_found' })
  }
  // It may well be there: nobody has looked.
  throw new ProblemError({ status: 422, code: 'retention_out_of_reach' })
}

/** SWR refuses it to most tenants (docs/swr-api.md section 18): who calls this goes on without. */
async function garbageCollectionOf(actor: Actor, { connection, instance }: RetentionPlace) {
  const { tasks } = await requestSwr(actor, connection, 'garbageCollectionList', {
    params: { instance_id: instance },
    query: { limit: maxPageSize },
  })
  const real = tasks.filter(({ job_parameters: parameters }) => parameters?.dry_run !== true)
  const [last] = real.sort((a, b) => (b.id ?? 0) - (a.id ?? 0))
  if (!last) return { at: null, status: '', freed: null }
  return {
    at: timeOf(last.update_time) ?? timeOf(last.creation_time),
    status: last.job_status ?? '',
    freed: last.job_parameters?.freed_space ?? null,
  }
}

const sumOf = (numbers: readonly (number | undefined)[]) => numbers.reduce<number>((sum, each) => sum + (each ?? 0), 0)

export const executionHandlers: ConsoleHandlers<
  'retentionHistoryList' | 'retentionExecutionShow' | 'retentionExecutionImageList'
> = {
  async retentionHistoryList({ actor, known, params, query }) {
    const place = placeOf(params)
    const at = new Date().toISOString()
    const { executions, total } = await executionPage(actor, place, query)
    const beside = await jobsOf(
      known.db,
      place,
      executions.flatMap(({ id }) => id ?? []),
    )
    const rows = executions
      .flatMap(({ id, ...row }) => (id === undefined ? [] : [{ id, ...row }]))
      .sort((a, b) => b.id - a.id)
      .map(({ id, status = '', trigger = '', dry_run, start_time, end_time }) => ({
        execution: id,
        start: timeOf(start_time),
        end: timeOf(end_time),
        status,
        trigger,
        dryRun: dry_run ?? null,
        job: beside.get(id) ?? null,
      }))
    return { at, rows, total: total ?? rows.length, notBegun: await notBegunOf(known.db, place) }
  },

  async retentionExecutionShow({ actor, known, params, query }) {
    const place = placeOf(params)
    const id = Number(params.execution_id)
    const at = new Date().toISOString()
    const row = await findExecution(actor, place, id)
    const [tasks, garbageCollection, own] = await Promise.all([
      tasksOf(actor, place, id),
      garbageCollectionOf(actor, place).catch(() => null),
      jobsOf(known.db, place, [id]),
    ])
    if (tasks.problem) throw new ProblemError(tasks.problem)
    const named = tasks.rows.flatMap(({ id: task, repository = '', ...rest }) =>
      task === undefined ? [] : [{ task, name: `${place.namespace}/${repository}`, ...rest }],
    )
    const wanted = named.filter(({ name }) => name.includes(query.q ?? ''))
    const start = timeOf(row.start_time)
    const job = own.get(id) ?? null
    const isMoving = readStatus(row.status).phase === 'running'
    const [rules, failures] = await Promise.all([
      rulesOfExecution(known.db, place, { start, job }),
      isMoving ? [] : failuresOfExecution(actor, place, id, named),
    ])
    return {
      at,
      status: row.status ?? '',
      text: textOf(row),
      dryRun: row.dry_run ?? null,
      trigger: row.trigger ?? '',
      start,
      end: timeOf(row.end_time),
      job,
      rules,
      failures,
      total: sumOf(named.map(({ total }) => total)),
      retained: sumOf(named.map(({ retained }) => retained)),
      repositories: {
        rows: wanted.slice(query.offset, query.offset + query.limit).map((task) => ({
          task: task.task,
          name: task.name,
          status: task.status ?? '',
          total: task.total ?? null,
          retained: task.retained ?? null,
          text: textOf(task),
        })),
        total: wanted.length,
      },
      garbageCollection,
    }
  },

  async retentionExecutionImageList({ actor, params, query }) {
    const place = placeOf(params)
    const { sub_tasks, total } = await requestSwr(actor, place.connection, 'retentionSubtaskList', {
      params: { ...paramsOf(place), execution_id: params.execution_id, task_id: params.task_id },
      query,
    })
    return {
      rows: sub_tasks.map(({ tag = '', digest = '', action = '', status = '', op_time, status_text: text = '' }) => ({
        tag,
        digest,
        action,
        status,
        at: timeOf(op_time),
        text,
      })),
      total: total ?? sub_tasks.length,
    }
  },
}
