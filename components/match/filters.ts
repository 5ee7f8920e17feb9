import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { Replication } from '@/lib/contract/swr/replication'
import { checkPattern, trimPattern } from '@/lib/policy/pattern/pattern'
import { readFilters } from '@/lib/policy/replication/filter'
import { excludesTags, namesOf, preservedText, type ReplicationDraft } from '@/lib/policy/replication/form'

type Filters = ConsoleInput<'matchPreview'>['body']['filters']

/** What was read stays as it is, what is typed is sent without the spaces that could never match. */
const asSent = (text: string, read: string) => (text === read ? text : trimPattern(text))

/** Filters as they can be asked for; undefined when SWR would refuse one of them. */
function asked(filters: Replication['filters']): Filters | undefined {
  const known = readFilters({ filters }).filters.flatMap(({ type, pattern, excludes }) =>
    // An empty pattern means everything, as no filter does.
    pattern === '' ? [] : [{ type, value: pattern, ...(excludes && { excludes }) }],
  )
  return known.some(({ value }) => checkPattern(value)) ? undefined : known
}

/** What a policy that was read would match by. */
export const filtersOfPolicy = ({ filters }: Pick<Replication, 'filters'>): Filters | undefined => asked(filters)

/** The filters of a draft as they would be saved; undefined while they are incomplete or wrong. */
export function filtersOfDraft(draft: ReplicationDraft): Filters | undefined {
  const { direction, scope, repositories, tagPattern, asRead, others } = draft
  const names = namesOf(draft)
  const unnamed = names.trim() === '' && asRead.namePattern !== ''
  const unpicked = direction === 'push' && scope === 'selection' && repositories.length === 0 && !preservedText(draft)
  const untagged = tagPattern.trim() === '' && asRead.tagPattern !== ''
  if (unnamed || unpicked || untagged) return undefined
  return asked([
    { type: 'name', value: asSent(names, asRead.namePattern) },
    {
      type: 'tag',
      value: asSent(tagPattern, asRead.tagPattern),
      ...(excludesTags(draft) && { decoration: 'excludes' }),
    },
    ...others,
  ])
}
