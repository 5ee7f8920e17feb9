import { listField, nextId, numberField, type Raw, textField } from '../json-fields'
import { microTime, never } from '../time'
import type { Instance, Repository } from '../world'
import { planRun } from './engine'
import { retentionFault } from './faults'
import type { RetentionRun, RetentionTask } from './run'
import { EngineError } from './selectors'
import { carryOut, entriesOf } from './verdicts'

interface Beginning {
  readonly isDryRun: boolean
  readonly trigger: 'manual' | 'scheduled'
  readonly at: Date
  /** Milliseconds before the first task. */
  readonly waits: number
}

const repositoriesOf = (instance: Instance, namespace: string): readonly Repository[] =>
  instance.namespaces.find(({ name }) => name === namespace)?.repositories ?? []

const newTask = (repository: string, rules: readonly unknown[]): RetentionTask => ({
  repository,
  rules,
  hangs: retentionFault(repository.split('/').at(-1) ?? '') === 'fault-hangs',
  start: null,
  end: null,
  failure: null,
  total: 0,
  retained: 0,
  entries: [],
})

function tasksOf(instance: Instance, namespace: string, rules: readonly unknown[]): RetentionTask[] | 'refused' {
  try {
    const names = repositoriesOf(instance, namespace).map(({ name }) => name)
    return [...planRun(rules, names)].map(([repository, its]) => newTask(repository, its))
  } catch (error) {
    if (error instanceof EngineError) return 'refused'
    throw error
  }
}

/** Begins a run of a policy: the repositories are those that are there now, their images those of the task's own begin. */
export function startRetention(
  instance: Instance,
  policy: unknown,
  { isDryRun, trigger, at, waits }: Beginning,
): RetentionRun {
  const id = nextId(instance.retentionExecutions, instance.issued.retentionExecution)
  instance.issued.retentionExecution = id
  const row: Raw = {
    id,
    policy_id: numberField(policy, 'id'),
    dry_run: isDryRun,
    status: 'InProgress',
    trigger,
    start_time: microTime(at),
    end_time: never,
  }
  const namespace = textField(policy, 'namespace_name')
  const fault = retentionFault(textField(policy, 'name'))
  const tasks = fault === 'fault-whole' ? 'refused' : tasksOf(instance, namespace, listField(policy, 'rules'))
  const run: RetentionRun = {
    row,
    namespace,
    algorithm: textField(policy, 'algorithm') || 'or',
    isDryRun,
    tasks: tasks === 'refused' || fault === 'fault-hangs' ? [] : tasks,
    refused: tasks === 'refused',
    hangs: fault === 'fault-hangs',
    advancedTo: at.getTime(),
    waits,
    done: 0,
    over: false,
  }
  instance.retentionExecutions.push(row)
  instance.retentionRuns.push(run)
  return run
}

/** A task looks at its repository when it begins. */
function begin(instance: Instance, run: RetentionRun, task: RetentionTask, at: number) {
  task.start = at
  const repository = repositoriesOf(instance, run.namespace).find(({ name }) => name === task.repository)
  if (retentionFault(task.repository.split('/').at(-1) ?? '') === 'fault-whole')
    task.failure = `failed to list artifacts of ${run.namespace}/${task.repository}: unexpected status 500`
  if (!repository || task.failure !== null) return
  try {
    task.entries = entriesOf(instance, { ...run, rules: task.rules }, repository, at)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    task.failure = error.message
  }
}

/** A real run deletes; a dry run has only worked out what it would. */
function finish(instance: Instance, run: RetentionRun, task: RetentionTask, at: number) {
  task.end = at
  const repository = repositoriesOf(instance, run.namespace).find(({ name }) => name === task.repository)
  if (repository && !run.isDryRun) task.entries = carryOut(instance, run.namespace, repository, task.entries, at)
  task.total = task.entries.length
  task.retained = task.entries.filter(({ action }) => action !== 'DEL').length
}

/** Rounding must not keep a task from its end. */
const hair = 1e-9

/** Repositories one after the other, each in one unit of work; one that hangs does not keep the others. */
function forward(instance: Instance, run: RetentionRun, now: number, secondsPerTask: number) {
  const began = run.advancedTo
  const waited = Math.min(run.waits, now - began)
  run.waits -= waited
  run.advancedTo = now
  if (run.waits > 0 || run.hangs) return
  const step = secondsPerTask * 1000
  const from = began + waited
  const before = run.done
  run.done = step === 0 ? run.tasks.length : before + (now - from) / step
  const when = (unit: number) => Math.round(from + Math.max(unit - before, 0) * step)
  for (const [index, task] of run.tasks.entries()) {
    if (task.start === null && index <= run.done) begin(instance, run, task, when(index))
    if (task.start !== null && task.end === null && !task.hangs && index + 1 <= run.done + hair)
      finish(instance, run, task, when(index + 1))
  }
  run.over = run.tasks.every(({ end }) => end !== null)
  if (!run.over) return
  const end = run.tasks.reduce((last, task) => Math.max(last, task.end ?? 0), from)
  const failed = run.refused || run.tasks.some(({ failure }) => failure !== null)
  Object.assign(run.row, { status: failed ? 'Failed' : 'Succeed', end_time: microTime(new Date(end)) })
}

/** Brings runs under way up to the present. */
export function advanceRetentions(instance: Instance, now: number, secondsPerTask: number) {
  for (const run of instance.retentionRuns.filter(({ over }) => !over))
    if (instance.retentionMood.standstill) run.advancedTo = now
    else forward(instance, run, now, secondsPerTask)
}

/** After a change of pace: who waits for its first task waits no longer than one that starts now. */
export function hurryRetentions(instance: Instance, maxWaitMs: number) {
  for (const run of instance.retentionRuns) run.waits = Math.min(run.waits, maxWaitMs)
}
