import { cronState } from '../../contract/cron'
import type { Replication } from '../../contract/swr/replication'
import { readTrigger } from '../schedule/trigger'
import { type PatternFilter, readFilters } from './filter'
import { remoteOf } from './request'

/** Patterns that let everything through: `*` crosses no slash, so only tags are all of it. */
const everything = { name: ['', '**', '**/**'], tag: ['', '*', '**'] } as const

/** The one filter of a kind; null when several together decide. */
function onlyOf(filters: readonly PatternFilter[], type: 'name' | 'tag'): PatternFilter | null {
  const own = filters.filter((filter) => filter.type === type)
  return own.length > 1 ? null : (own[0] ?? { type, pattern: '', excludes: false })
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
export function describeReplication(policy: Replication) {
  const { direction, registry } = remoteOf(policy)
  const { filters, isComplete } = readFilters(policy)
  const names = onlyOf(filters, 'name')
  const tags = onlyOf(filters, 'tag')
  const odd = !isComplete || names === null || tags === null || names.excludes
  const has = (filter: PatternFilter | null) => {
    if (odd || filter === null) return 'odd'
    const isAll = everything[filter.type].some((every) => every === filter.pattern)
    return isAll && (filter.pattern === '' || !filter.excludes) ? 'all' : 'some'
  }
  return {
    direction,
    names: has(names),
    tags: has(tags),
    /** The tags are all but those that the pattern takes. */
    tagsExcluded: tags?.excludes ?? false,
    remote: registry === undefined ? 'none' : 'one',
    namespace: policy.dest_namespace ? 'other' : 'same',
    when: whenOf(policy, direction),
    override: policy.override === true ? 'overwrite' : 'keep',
    texts: { names: names?.pattern ?? '', tags: tags?.pattern ?? '', namespace: policy.dest_namespace ?? '' },
  } as const
}
