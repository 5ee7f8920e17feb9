import 'server-only'
import type { ExecutionSubtask } from '../../contract/swr/replication'
import type { Failure, RunTag, TagCounts, TagPhase } from '../../contract/swr/runs'
import { failureCause, likeness } from '../../policy/runs/failure-cause'
import { readTagPhase } from '../../policy/runs/status'
import { instantOf } from '../../policy/schedule/instant'
import { fullName } from './subtasks'

/* What the tags of a run say together. */

const moment = (text: string | undefined) => {
  const at = instantOf(text)
  return at === null ? null : new Date(at).toISOString()
}
const time = (text: string | null) => (text === null ? 0 : Date.parse(text))

export function tagOf(row: ExecutionSubtask, task: number, repository: string): RunTag {
  const phase = readTagPhase(row.status)
  return {
    task,
    repository: fullName(row) || repository,
    tag: row.tag ?? '',
    digest: row.digest ?? '',
    phase,
    status: row.status ?? '',
    text: row.status_text ?? '',
    start: moment(row.start_time),
    end: moment(row.end_time),
  }
}

export function countTags(tags: readonly RunTag[]): TagCounts {
  const counts: Record<TagPhase, number> = { waiting: 0, running: 0, succeeded: 0, failed: 0, stopped: 0, unknown: 0 }
  for (const { phase } of tags) counts[phase] += 1
  return counts
}

/** All of one form, so that as texts they stand in the order of time. */
const newer = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? 1 : (a ?? '') > (b ?? '') ? -1 : 0)

/** What ended last stands first, then what began last; what waits keeps its order. */
export const inOrder = (tags: readonly RunTag[]): RunTag[] =>
  tags.toSorted((a, b) => newer(a.end, b.end) || newer(a.start, b.start))

interface Group extends Failure {
  readonly names: Set<string>
}

/** Failed tags folded into causes, the most frequent first. Texts that differ only by the tag's name count as one. */
export function failuresOf(tags: readonly RunTag[]): Failure[] {
  const groups = new Map<string, Group>()
  const known = new Map<string, Group>()
  for (const { phase, text, repository, tag, end } of tags) {
    if (phase !== 'failed') continue
    let group = known.get(text)
    if (!group) {
      const cause = failureCause(text)
      const key = `${cause} ${likeness(text, repository, tag)}`
      group = groups.get(key) ?? { cause, text, tags: 0, repositories: [], first: null, last: null, names: new Set() }
      groups.set(key, group)
      known.set(text, group)
    }
    group.tags += 1
    group.names.add(repository)
    if (end !== null) {
      if (group.first === null || end < group.first) group.first = end
      if (group.last === null || end > group.last) group.last = end
    }
  }
  return [...groups.values()]
    .map(({ names, ...failure }) => ({ ...failure, repositories: [...names].sort() }))
    .sort((a, b) => b.tags - a.tags)
}

const window = 5 * 60_000
/** Below this a rate is a guess. */
const shortest = 3_000
const fewest = 3

/** Tags finished per second over the last minutes; null while too little is known. */
export function rateOf(tags: readonly RunTag[], now: number): number | null {
  const starts = tags.flatMap(({ start }) => (start === null ? [] : [time(start)]))
  if (starts.length === 0) return null
  const since = Math.max(
    starts.reduce((first, start) => Math.min(first, start)),
    now - window,
  )
  const finished = tags.filter(({ end }) => end !== null && time(end) >= since).length
  return now - since < shortest || finished < fewest ? null : finished / ((now - since) / 1000)
}
