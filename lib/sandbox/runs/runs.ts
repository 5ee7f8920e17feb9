import { enterpriseRefusal } from '../errors'
import { nextId, numberField, type Raw, textField } from '../json-fields'
import { microTime } from '../time'
import type { Instance, Route, Run, RunTag, RunTask, World } from '../world'
import { kindOf } from './copy-faults'
import { type Chosen, chosen, noRegistry, routeOf, targetOf, verdictOn } from './copying'
import { land } from './landing'
import { waitOf } from './pace'

const nothingToDo = 'no resources need to be replicated'

/** Tags of one repository that are copied at once. */
const maxParallelTags = 5

type FailureOf = (tag: string) => string | null

/** Repositories one after the other, each in one unit of work, a few of its tags at once. */
export function taskOf({ repository, tags }: Chosen, at: number, target: string, failureOf: FailureOf): RunTask {
  const together = Math.min(tags.length, maxParallelTags)
  const steps = tags.length + together - 1
  return {
    source: repository,
    target,
    tags: tags.map(({ name, digest }, index): RunTag => {
      const kind = kindOf({ target, tag: name })
      return {
        name,
        digest,
        failure: failureOf(name),
        ...(kind === 'passes' && { passes: true }),
        from: at + index / steps,
        to: kind === 'hangs' ? Number.POSITIVE_INFINITY : at + (index + together) / steps,
        start: null,
        end: null,
        stopped: false,
      }
    }),
  }
}

interface Planned {
  readonly each: Chosen
  readonly target: string
  readonly more: Pick<RunTask, 'whole' | 'deletion'>
}

/** Tags that are copied, those that are deleted, or the repository as a whole. */
function tasksOf(world: World, instance: Instance, policy: unknown): RunTask[] {
  const verdict = verdictOn(world, instance, policy)
  const source = world.instances.get(routeOf(world, instance, policy)?.from ?? instance.id)
  const planned = chosen(instance, policy, source).flatMap((each): Planned[] => {
    const target = targetOf(policy, each.repository)
    if (kindOf({ target, tag: '' }) === 'whole')
      return [{ each: { ...each, tags: [{ name: '', digest: '' }] }, target, more: { whole: true } }]
    const isDeleted = ({ name }: { name: string }) => kindOf({ target, tag: name }) === 'deletion'
    const copied = { ...each, tags: each.tags.filter((tag) => !isDeleted(tag)) }
    const deleted = { ...each, tags: each.tags.filter(isDeleted) }
    return [
      { each: copied, target, more: {} },
      { each: deleted, target, more: { deletion: true } },
    ].filter(({ each: { tags } }) => tags.length > 0)
  })
  return planned.map(({ each, target, more }, index) => ({
    ...taskOf(each, index, target, (tag) => verdict(target, tag)),
    ...more,
  }))
}

interface Beginning {
  readonly policy: unknown
  readonly trigger: string
  readonly at: Date
  readonly tasks: readonly RunTask[]
  /** What its status_text says in the end. */
  readonly verdict: string
  /** Milliseconds before the first task. */
  readonly waits: number
  readonly secondsPerTask?: number
  readonly route?: Route | undefined
}

/** A run that has just been asked for: its tasks are not made yet. */
export function newRun({ policy, trigger, at, ...rest }: Beginning): Run {
  const row: Raw = {
    id: 0,
    policy_id: numberField(policy, 'id'),
    status: 'Initialized',
    status_text: '',
    total: 0,
    failed: 0,
    succeed: 0,
    in_progress: 0,
    stopped: 0,
    trigger,
    created_at: microTime(at),
    updated_at: microTime(at),
  }
  return { row, ...rest, advancedTo: at.getTime(), done: 0, stopping: false, over: false }
}

/**
 * Begins a run of a policy. What a remote registry holds is known where it is an instance of this sandbox; any other is taken
 * to hold the repositories of the instance itself, so that a pull selects by the same names as a push. Answers its id.
 */
export function startRun(
  world: World,
  instance: Instance,
  policy: unknown,
  { trigger, at }: { readonly trigger: 'manual' | 'scheduled'; readonly at: Date },
): number {
  const missing = noRegistry(instance, policy)
  const tasks = missing === null ? tasksOf(world, instance, policy) : []
  const failures = new Set(tasks.flatMap(({ tags }) => tags.map(({ failure }) => failure)))
  const [only] = failures
  // What failed as a whole says so nowhere else.
  const whole = tasks.find((task) => task.whole)?.tags[0]?.failure
  const verdict = missing ?? whole ?? (tasks.length === 0 ? nothingToDo : failures.size === 1 ? (only ?? '') : '')
  const waits = waitOf(world, instance)
  const route = routeOf(world, instance, policy)
  const run = newRun({ policy, trigger, at, tasks, verdict, waits, route })
  const id = nextId(instance.executions, instance.issued.execution)
  instance.issued.execution = id
  Object.assign(run.row, { id })
  instance.executions.push(run.row)
  instance.runs.push({ ...run, refused: missing !== null })
  return id
}

export type State = 'waiting' | 'running' | 'Succeed' | 'Failed' | 'Stopped'

export function stateOfTag({ start, end, stopped, failure }: RunTag): State {
  if (stopped) return 'Stopped'
  if (start === null) return 'waiting'
  return end === null ? 'running' : failure === null ? 'Succeed' : 'Failed'
}

export function stateOfTask({ tags }: RunTask): State {
  const states = new Set(tags.map(stateOfTag))
  if (states.has('running') || (states.has('waiting') && states.size > 1)) return 'running'
  if (states.has('waiting')) return 'waiting'
  return states.has('Stopped') ? 'Stopped' : states.has('Failed') ? 'Failed' : 'Succeed'
}

/** Rounding must not keep a tag from its end. */
const hair = 1e-9

/** Brings a run up to the present. */
export function forward(world: World, run: Run, now: number, secondsPerTask: number) {
  const began = run.advancedTo
  const waited = Math.min(run.waits, now - began)
  run.waits -= waited
  run.advancedTo = now
  if (run.waits > 0) return
  const step = secondsPerTask * 1000
  const from = began + waited
  const before = run.done
  const done = step === 0 ? run.tasks.length : before + (now - from) / step
  if (run.triesAgainAt && now >= run.triesAgainAt) tryAgain(run, done, step === 0 ? done : done + 1)
  const when = (unit: number) => Math.round(from + Math.max(unit - before, 0) * step)
  const isAgain = run.triesAgainAt !== undefined
  for (const task of isAgain ? run.tasks : run.tasks.slice(Math.floor(before), Math.ceil(done + hair))) {
    for (const tag of task.tags) {
      if (tag.start === null && !tag.stopped && tag.from <= done) tag.start = when(tag.from)
      if (tag.start === null || tag.end !== null || tag.to > done + hair) continue
      tag.end = when(tag.to)
      if (run.route && tag.failure === null && !task.deletion) tag.failure = land(world, run.route, task, tag)
    }
  }
  run.done = done
  tell(run, from)
  const passing = run.over && run.tasks.some(({ tags }) => tags.some(passesNext))
  if (passing) run.triesAgainAt ??= now + Math.max(step, minPauseMs)
}

/** Milliseconds after which what failed is tried again, at least. */
const minPauseMs = 3_000

const passesNext = ({ passes, failure, end }: RunTag) => passes === true && failure !== null && end !== null

/** The service tries again what failed: the run moves once more, under the same id. */
function tryAgain(run: Run, from: number, to: number) {
  run.triesAgainAt = null
  for (const tag of run.tasks.flatMap(({ tags }) => tags)) {
    if (!passesNext(tag)) continue
    Object.assign(tag, { failure: null, start: null, end: null, from, to })
  }
}

/** Writes what SWR answers of the run. */
function tell(run: Run, begun: number) {
  const states = run.tasks.map(stateOfTask)
  const count = (...wanted: State[]) => states.filter((state) => wanted.includes(state)).length
  const [failed, stopped] = [count('Failed'), count('Stopped')]
  const moving = count('waiting', 'running')
  run.over = moving === 0
  const end =
    stopped > 0 || (run.stopping && states.length === 0) ? 'Stopped' : failed > 0 || run.refused ? 'Failed' : 'Succeed'
  const times = run.tasks.flatMap(({ tags }) => tags.flatMap(({ start, end: ended }) => [start ?? 0, ended ?? 0]))
  const latest = times.reduce((last, time) => Math.max(last, time), begun)
  Object.assign(run.row, {
    total: states.length,
    failed,
    stopped,
    succeed: count('Succeed'),
    in_progress: moving,
    status: run.over ? end : 'InProgress',
    status_text: run.over && end !== 'Stopped' ? run.verdict : '',
  })
  const known = Date.parse(textField(run.row, 'updated_at'))
  if (latest > known) run.row.updated_at = microTime(new Date(latest))
}

const maxStopWaitMs = 1000
const moving = ['Initialized', 'Pending', 'InProgress']

/** Tags under way are finished; those that wait are not begun any more. The run has stopped when the last of them ends. */
export function stopRun(instance: Instance, id: number) {
  const row = instance.executions.find((candidate) => numberField(candidate, 'id') === id)
  if (row === undefined) throw enterpriseRefusal('missing', `replication execution ${id} not found`)
  if (!moving.includes(textField(row, 'status')))
    throw enterpriseRefusal('invalid', `replication execution ${id} is not running`)
  const run = instance.runs.find((candidate) => candidate.row === row)
  // A row that the control port gave never moves.
  if (!run) return
  run.stopping = true
  run.waits = Math.min(run.waits, maxStopWaitMs)
  for (const tag of run.tasks.flatMap(({ tags }) => tags))
    if (tag.start === null || (tag.end === null && tag.to === Number.POSITIVE_INFINITY)) tag.stopped = true
}
