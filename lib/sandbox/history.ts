import { numberField, textField } from './json-fields'
import { chosen, targetOf } from './runs/copying'
import { randomFrom } from './seed/random'
import type { Instance, RunTag, RunTask } from './world'

/*
 * Tasks of executions that are over: nothing of them is kept. They are worked out from the policy as it was and from the
 * counters of the execution, the same ones whenever they are asked for.
 */

type End = 'Succeed' | 'Failed' | 'Stopped'

function endsOf(execution: unknown): End[] {
  const many = (count: number | undefined, end: End) => Array.from({ length: count ?? 0 }, () => end)
  const number = (name: string) => numberField(execution, name)
  return [
    ...many(number('succeed'), 'Succeed'),
    ...many(number('failed'), 'Failed'),
    ...many(number('stopped'), 'Stopped'),
  ]
}

/** How many of a task's tags did not come through: at least one, or it would not have ended so; all if nobody was there. */
function lost(end: End, tags: number, text: string, chance: number): number {
  if (end === 'Succeed') return 0
  return text.startsWith('failed to ping') ? tags : Math.min(1 + Math.floor(chance * tags), tags)
}

export function pastTasks(instance: Instance, execution: unknown): readonly RunTask[] {
  const id = numberField(execution, 'policy_id')
  const policy = instance.past.policies.find((row) => numberField(row, 'id') === id)
  const ends = endsOf(execution)
  const random = randomFrom(numberField(execution, 'id') ?? 0)
  const all = policy === undefined ? [] : chosen(instance, policy)
  // An event copies the repository that was pushed to.
  const first = ends.length < all.length ? random.between(0, all.length - ends.length) : 0
  const text = textField(execution, 'status_text')
  const begun = Date.parse(textField(execution, 'created_at'))
  const took = Date.parse(textField(execution, 'updated_at')) - begun
  return all.slice(first, first + ends.length).map(({ repository, tags }, at): RunTask => {
    const end = ends[at] ?? 'Succeed'
    const count = lost(end, tags.length, text, random.between(0, 60) / 100)
    const time = (index: number) => begun + (took * (at + index / tags.length)) / ends.length
    return {
      source: repository,
      target: targetOf(policy, repository),
      tags: tags.map(({ name, digest }, index): RunTag => {
        const isLost = index >= tags.length - count
        const stopped = isLost && end === 'Stopped'
        return {
          name,
          digest,
          failure: isLost && end === 'Failed' ? text : null,
          from: 0,
          to: 0,
          start: stopped ? null : Math.round(time(index)),
          end: stopped ? null : Math.round(time(index + 1)),
          stopped,
        }
      }),
    }
  })
}
