import { cronState } from '../../contract/cron'
import type { Replication } from '../../contract/swr/replication'
import { filterTypes } from '../../contract/vocabulary'
import { oneOf } from '../enum'
import { readTrigger } from '../schedule/trigger'
import { remoteOf } from './request'

/** Patterns that let everything through: `*` crosses no slash, so only tags are all of it. */
const everything = { name: ['', '**', '**/**'], tag: ['', '*', '**'] } as const

/** The one pattern of a kind; null when several together decide. */
function patternOf({ filters }: Pick<Replication, 'filters'>, type: 'name' | 'tag'): string | null {
  const values = filters.filter((filter) => filter.type === type).map(({ value }) => value ?? '')
  return values.length > 1 ? null : (values[0] ?? '')
}

/** Trigger as a sentence has it. Events are raised by pushes to this instance: a pull policy is never started by one. */
function whenOf(policy: Replication, direction: 'push' | 'pull') {
  const { trigger, cron } = readTrigger(policy.trigger)
  if (trigger === 'manual') return 'manual'
  if (trigger === 'event_based') return direction === 'push' ? 'push' : 'never'
  if (trigger === 'scheduled') return cronState(cron) === 'fine' ? 'scheduled' : 'never'
  return 'unknown'
}

/**
 * What a policy does, as arguments of one message (`policyPage.sentence`) and the texts that stand in it. `odd` where its
 * filters say more than a sentence can: then they have to be read themselves.
 */
export function wordsOf(policy: Replication) {
  const { direction, registry } = remoteOf(policy)
  const names = patternOf(policy, 'name')
  const tags = patternOf(policy, 'tag')
  const odd = names === null || tags === null || policy.filters.some(({ type }) => !oneOf(filterTypes, type))
  const has = (type: 'name' | 'tag', pattern: string | null) =>
    odd ? 'odd' : everything[type].some((every) => every === pattern) ? 'all' : 'some'
  return {
    direction,
    names: has('name', names),
    tags: has('tag', tags),
    remote: registry === undefined ? 'none' : 'one',
    namespace: policy.dest_namespace ? 'other' : 'same',
    when: whenOf(policy, direction),
    override: policy.override === true ? 'overwrite' : 'keep',
    texts: { names: names ?? '', tags: tags ?? '', namespace: policy.dest_namespace ?? '' },
  } as const
}
