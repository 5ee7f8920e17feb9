import { matcher } from './glob'
import { field, listField, numberField, textField } from './row'
import { microTime } from './time'
import type { Instance, Run, World } from './world'

const nothingToDo = 'no resources need to be replicated'

/** Repositories that a policy's filters select: by name first, then those with at least one matching tag. */
export function selected(instance: Instance, policy: unknown): string[] {
  const patterns = (type: string) =>
    listField(policy, 'filters')
      .filter((filter) => textField(filter, 'type') === type)
      .map((filter) => matcher(textField(filter, 'value')))
  const [names, tags] = [patterns('name'), patterns('tag')]
  return instance.namespaces.flatMap((namespace) =>
    namespace.repositories
      .filter(({ artifacts }) =>
        artifacts.some((artifact) => artifact.tags.some(({ name }) => tags.every((matches) => matches(name)))),
      )
      .map(({ name }) => `${namespace.name}/${name}`)
      .filter((name) => names.every((matches) => matches(name))),
  )
}

/** Why nothing can be copied to or from the policy's registry, or null when it is well. */
function trouble(instance: Instance, policy: unknown): string | null {
  const sides = ['src_registry', 'dest_registry'].map((side) => numberField(field(policy, side), 'id') ?? 0)
  const id = Math.max(...sides)
  const registry = instance.registries.find((candidate) => numberField(candidate, 'id') === id)
  if (registry === undefined) return `failed to get registry ${id}: not found`
  if (textField(registry, 'status') === 'unhealthy')
    return `failed to ping registry ${textField(registry, 'name')}: Get "${textField(registry, 'url')}/v2/": dial tcp: i/o timeout`
  return null
}

/**
 * Begins a run of a policy. What a remote registry holds is not modelled: it is taken to hold the repositories of the
 * instance itself, so that a pull selects by the same names as a push.
 */
export function startRun(world: World, instance: Instance, policy: unknown, id: number): Run {
  const now = world.clock()
  const failure = trouble(instance, policy)
  const outcomes = selected(instance, policy).map(() => failure)
  const at = microTime(now)
  const row = {
    id,
    policy_id: numberField(policy, 'id'),
    status: 'Initialized',
    status_text: '',
    total: outcomes.length,
    failed: 0,
    succeed: 0,
    in_progress: outcomes.length,
    stopped: 0,
    trigger: 'manual',
    created_at: at,
    updated_at: at,
  }
  const verdict = outcomes.length === 0 ? nothingToDo : (failure ?? '')
  const waits = (paceOf(world, instance) * 1000) / 3
  return { row, outcomes, verdict, advancedTo: now.getTime(), waits, done: 0 }
}

const paceOf = (world: World, instance: Instance, run?: Run) =>
  run?.secondsPerTask ?? instance.secondsPerTask ?? world.secondsPerTask

function forward(run: Run, now: number, secondsPerTask: number) {
  const waited = Math.min(run.waits, now - run.advancedTo)
  run.waits -= waited
  run.advancedTo += waited
  if (run.waits > 0) return
  const { row, outcomes } = run
  let touched = waited > 0 || outcomes.length === 0
  const step = secondsPerTask * 1000
  while (run.done < outcomes.length && run.advancedTo + step <= now) {
    run.advancedTo += step
    run.done += 1
    touched = true
  }
  const failed = outcomes.slice(0, run.done).filter((outcome) => outcome !== null).length
  Object.assign(row, { failed, succeed: run.done - failed, in_progress: outcomes.length - run.done })
  const isOver = run.done === outcomes.length
  const end = failed > 0 ? 'Failed' : 'Succeed'
  Object.assign(row, { status: isOver ? end : 'InProgress', status_text: isOver ? run.verdict : '' })
  if (touched) row.updated_at = microTime(new Date(run.advancedTo))
}

/** Brings every run of an instance up to the present; called before its executions are read or its pace is changed. */
export function advance(world: World, instance: Instance) {
  const now = world.clock().getTime()
  for (const run of instance.runs) forward(run, now, paceOf(world, instance, run))
  instance.runs = instance.runs.filter((run) => run.done < run.outcomes.length || run.waits > 0)
}
