import { Chip } from '@/components/ui/code'
import type { Replication } from '@/lib/contract/swr/replication'

/** The patterns of a policy: repositories first as SWR keeps them, then tags. */
export function FilterChips({ filters }: Pick<Replication, 'filters'>) {
  return (
    <span className="flex flex-wrap gap-1">
      {filters.map((filter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two equal filters may stand in one policy
        <Chip key={index}>{textOf(filter)}</Chip>
      ))}
    </span>
  )
}

/** Where a filter stands tells repositories from tags; any other type has to be named. */
const textOf = ({ type, value = '' }: Replication['filters'][number]) =>
  type === undefined || type === 'name' || type === 'tag' ? value || '""' : `${type}: ${value}`
