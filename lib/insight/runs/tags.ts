import 'server-only'
import type { ExecutionSubtask, ExecutionTask } from '../../contract/swr/replication'
import type { RunTag, RunTask, TagCounts, TagPhase, TaskAct } from '../../contract/swr/runs'
import { failureCause } from '../../policy/runs/failure-cause'
import { repositoryIn, repositoryOf } from '../../policy/runs/resource'
import { readTagPhase } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'

/* What the tasks and tags of a run say, each and together. */

export const moment = (text: string | undefined): string | null => {
  const at = parseTime(text)
  return at === null ? null : new Date(at).toISOString()
}
const time = (text: string | null) => (text === null ? 0 : Date.parse(text))

/** Harbor removes at the target what was deleted at the source; any other task copies. */
export const actOf = ({ operation }: Pick<ExecutionTask, 'operation'>): TaskAct =>
  /^delet/i.test(operation?.trim() ?? '') ? 'deletion' : 'copy'

export function tagOf(row: ExecutionSubtask, id: number, task: ExecutionTask): RunTag {
  const phase = readTagPhase(row.status)
  const repository = repositoryOf(row, task.src_resource ?? '')
  const [tag, text] = [row.tag ?? '', row.status_text ?? '']
  return {
    task: id,
    repository,
    tag,
    digest: row.digest ?? '',
    act: actOf(task),
    phase,
    status: row.status ?? '',
    text,
    cause: phase === 'failed' ? failureCause(text, { repository, tag }) : null,
    start: moment(row.start_time),
    end: moment(row.end_time),
  }
}

const moves = ({ phase }: RunTag) => phase === 'waiting' || phase === 'running' || phase === 'unknown'

/** `own` are its tags, null where they are not known; `known` says that none of them is missing. */
export function taskOf(task: ExecutionTask, own: readonly RunTag[] | null, known: boolean): RunTask {
  const explains = own?.some((tag) => tag.phase === 'failed' || moves(tag))
  return {
    id: task.id ?? 0,
    repository: repositoryIn(task.src_resource ?? '') || own?.[0]?.repository || '',
    source: task.src_resource ?? '',
    target: task.dst_resource ?? '',
    act: actOf(task),
    status: task.status ?? '',
    tags: own && countPhases(own),
    whole: known && readTagPhase(task.status) === 'failed' && !explains,
    start: moment(task.start_time),
    end: moment(task.end_time),
  }
}

export function countPhases(rows: readonly { readonly phase: TagPhase }[]): TagCounts {
  const counts: Record<TagPhase, number> = { waiting: 0, running: 0, succeeded: 0, failed: 0, stopped: 0, unknown: 0 }
  for (const { phase } of rows) counts[phase] += 1
  return counts
}

/** All of one form, so that as texts they stand in the order of time. */
const newer = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? 1 : (a ?? '') > (b ?? '') ? -1 : 0)

/** What ended last stands first, then what began last; what waits keeps its order. */
export const sortTags = (tags: readonly RunTag[]): RunTag[] =>
  tags.toSorted((a, b) => newer(a.end, b.end) || newer(a.start, b.start))

const windowMs = 5 * 60_000
/** Below this a rate is a guess. */
const minSpanMs = 3_000
const minFinished = 3

/** Tags finished per second over the last minutes; null while too little is known. */
export function rateOf(tags: readonly RunTag[], now: number): number | null {
  const starts = tags.flatMap(({ start }) => (start === null ? [] : [time(start)]))
  if (starts.length === 0) return null
  const since = Math.max(
    starts.reduce((first, start) => Math.min(first, start)),
    now - windowMs,
  )
  const finished = tags.filter(({ end }) => end !== null && time(end) >= since).length
  return now - since < minSpanMs || finished < minFinished ? null : finished / ((now - since) / 1000)
}
