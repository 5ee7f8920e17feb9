import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { Replication } from '@/lib/contract/swr/replication'
import { filterText, isExcluding, type PolicyFilter } from '@/lib/policy/replication/filter'

/** The patterns of a policy: repositories first as SWR keeps them, then tags. */
export function FilterChips({ filters }: Pick<Replication, 'filters'>) {
  const t = useTranslations('replication')
  return (
    <span className="flex flex-wrap gap-1">
      {filters.map((filter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two equal filters may stand in one policy
        <Chip key={index}>{isExcluding(filter) ? t('allBut', { value: textOf(filter) }) : textOf(filter)}</Chip>
      ))}
    </span>
  )
}

/** Where a filter stands tells repositories from tags; any other type has to be named. */
function textOf(filter: PolicyFilter): string {
  const { type } = filter
  const text = filterText(filter)
  return type === undefined || type === 'name' || type === 'tag' ? text || '""' : `${type}: ${text}`
}
