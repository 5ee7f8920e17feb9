import 'server-only'
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { PartialRun, PartialRunItem } from '../../../contract/console/partial-runs'
import type { Execution } from '../../../contract/swr/replication'
import type { Run, TagCounts } from '../../../contract/swr/runs'
import type { RunFailureCause, RunState } from '../../../contract/v1/replication'
import type { publicSchemas } from '../../../contract/v1/schemas'
import { countedRow } from '../../../policy/runs/counters'
import { failureCause } from '../../../policy/runs/failure-cause'
import { failureTexts } from '../../../policy/runs/run-text'
import { outcomeOf } from '../../../policy/runs/status'
import { parseTime } from '../../../policy/schedule/instant'

type RunAnswer = z.input<(typeof publicSchemas)['runShow']['response']>
type Failure = RunAnswer['failures'][number]

export const wholeRunId = (policy: number, execution: number): string => `${policy}-${execution}`
export const partialRunId = (id: number): string => `partial-${id}`

export type RunRef = { readonly partial: number } | { readonly policy: number; readonly execution: number }

/** An id that the contract let through. */
export function readRunId(id: string): RunRef {
  const [first = '', second = ''] = id.split('-')
  return first === 'partial' ? { partial: Number(second) } : { policy: Number(first), execution: Number(second) }
}

/** SWR's times, in ours. */
export function timeOf(text: string | null | undefined): string | null {
  const time = parseTime(text)
  return time === null ? null : new Date(time).toISOString()
}

export const stateOfExecution = (execution: Parameters<typeof outcomeOf>[0]): RunState => outcomeOf(execution)

/** The same for the same answer; fits into a number that every language has. */
export const withVersion = <Content extends object>(content: Content): Content & { version: number } => ({
  ...content,
  version: Number.parseInt(createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12), 16),
})

const maxNamed = 20

export function answerOfRun(id: string, policy: number, run: Run): RunAnswer {
  const { execution, hangs, tags, failures, complete, refreshing } = run
  const row: Execution = execution
  return withVersion({
    id,
    policy,
    state: hangs === null ? stateOfExecution(countedRow(run)) : ('hanging' as const),
    started: timeOf(row.created_at),
    updated: timeOf(row.updated_at),
    counts: tags,
    failures: failures.map(({ cause, tags: count, whole, text, repositories }) => ({
      cause,
      count: count + whole,
      text: failureTexts[cause],
      message: text,
      repositories,
    })),
    complete: complete && !refreshing,
  })
}

const isMoving = ({ state }: PartialRunItem) => state === 'waiting' || state === 'running'

export function stateOfPartialRun({ parts, stopped }: Pick<PartialRun, 'parts' | 'stopped'>): RunState {
  const all = (...states: PartialRunItem['state'][]) => parts.every(({ state }) => states.includes(state))
  const some = (...states: PartialRunItem['state'][]) => parts.some(({ state }) => states.includes(state))
  if (parts.some(isMoving)) return 'running'
  if (all('succeeded')) return 'succeeded'
  if (stopped !== null || all('stopped')) return 'stopped'
  if (all('nothing_matched')) return 'nothing_matched'
  if (some('succeeded', 'partly_failed')) return 'partly_failed'
  return all('unclear') ? 'unknown' : 'failed'
}

/** How what has no result of its own counts. */
const phases = {
  waiting: 'waiting',
  running: 'running',
  succeeded: 'succeeded',
  partly_failed: 'unknown',
  failed: 'failed',
  stopped: 'stopped',
  nothing_matched: 'failed',
  not_started: 'failed',
  not_selected: 'failed',
  unclear: 'unknown',
} as const satisfies Record<PartialRunItem['state'], keyof TagCounts>

/** Wanted tags of which nothing is known; a whole repository counts as one until its tags are known. */
const unknownOf = ({ tags, whole, results }: PartialRunItem): number =>
  whole ? (results.length > 0 ? 0 : 1) : tags.filter((tag) => !results.some((result) => result.tag === tag)).length

function countsOf(parts: readonly PartialRunItem[]): TagCounts {
  const counts: TagCounts = { waiting: 0, running: 0, succeeded: 0, failed: 0, stopped: 0, unknown: 0 }
  for (const part of parts) {
    for (const { phase } of part.results) counts[phase] += 1
    counts[phases[part.state]] += unknownOf(part)
  }
  return counts
}

/** Why a part has failed as far as none of its tags says so. */
const causes = {
  not_started: 'not_started',
  not_selected: 'not_selected',
  nothing_matched: 'nothing_matched',
  unclear: 'unclear',
} as const satisfies Partial<Record<PartialRunItem['state'], RunFailureCause>>

const causeOf = ({ state, text }: PartialRunItem): RunFailureCause | null =>
  state in causes ? causes[state as keyof typeof causes] : state === 'failed' ? failureCause(text) : null

function failuresOf(parts: readonly PartialRunItem[]): Failure[] {
  const found = new Map<string, Failure>()
  const add = (cause: RunFailureCause, message: string, repository: string, count: number) => {
    if (count === 0) return
    const key = `${cause} ${message}`
    const failure = found.get(key) ?? { cause, count: 0, text: failureTexts[cause], message, repositories: [] }
    failure.count += count
    if (!failure.repositories.includes(repository) && failure.repositories.length < maxNamed)
      failure.repositories.push(repository)
    found.set(key, failure)
  }
  for (const part of parts) {
    for (const { phase, text } of part.results)
      if (phase === 'failed') add(failureCause(text), text, part.repository, 1)
    const cause = causeOf(part)
    if (cause) add(cause, part.text, part.repository, unknownOf(part))
  }
  return [...found.values()].sort((a, b) => b.count - a.count)
}

export const answerOfPartialRun = (run: PartialRun): RunAnswer =>
  withVersion({
    id: partialRunId(run.id),
    policy: run.policy,
    state: stateOfPartialRun(run),
    started: run.at,
    updated: run.endedAt,
    counts: countsOf(run.parts),
    failures: failuresOf(run.parts),
    complete: true,
  })
