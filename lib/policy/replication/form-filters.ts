import * as z from 'zod/mini'
import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { filterText, isExcluding, type PolicyFilter, readFilter } from './filter'
import { toRequest } from './request'

/* The filters of the form: one of names, one of tags, and others beside them. */

/** A filter that no field of its own shows. `value` as a text, whatever SWR has there. */
export const otherFilter = z.object({ type: z.string(), value: z.string(), decoration: z.optional(z.string()) })
export type OtherFilter = z.output<typeof otherFilter>

export const isSameFilter = (one: OtherFilter, other: OtherFilter): boolean =>
  one.type === other.type && one.value === other.value && (one.decoration || '') === (other.decoration || '')

/** The filters that have a field of their own. Names that are left out have none: they stand among the others. */
export function shownIn(filters: readonly PolicyFilter[]) {
  const first = (type: 'name' | 'tag') =>
    filters.find((filter) => {
      const read = readFilter(filter)
      return read?.type === type && !(read.excludes && type === 'name')
    })
  return { name: first('name'), tag: first('tag') }
}

export const otherOf = (filter: PolicyFilter): OtherFilter => ({
  type: filter.type ?? '',
  value: filterText(filter),
  ...(filter.decoration !== undefined && { decoration: filter.decoration }),
})

/** Filters in the order in which they were read: those that the form shows take the place of the first name and tag. */
export function inOrder(
  shown: readonly OtherFilter[],
  others: readonly OtherFilter[],
  was: Replication | undefined,
): ReplicationBody['filters'] {
  const waiting = [...shown, ...others]
  const read = was ? toRequest(was).filters : []
  const first = Object.values(shownIn(was?.filters ?? []))
  const place = (filter: ReplicationBody['filters'][number], index: number) => {
    const own = otherOf(filter)
    const isShown = first.includes(was?.filters[index])
    const found = waiting.findIndex((each) =>
      isShown ? shown.includes(each) && each.type === own.type : !shown.includes(each) && isSameFilter(each, own),
    )
    const [taken] = found === -1 ? [] : waiting.splice(found, 1)
    // As it was read, if it says the same: SWR may hold it in a way of its own.
    const isKept = taken && taken.value === own.value && isExcluding(taken) === isExcluding(own)
    return taken ? [isKept ? filter : taken] : []
  }
  // An empty pattern means everything, as no filter does; what was not read so is said by the latter.
  return [...read.flatMap(place), ...waiting.filter(({ value }) => value !== '')]
}
