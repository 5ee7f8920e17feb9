'use client'

import { useTranslations } from 'next-intl'
import { FilterSelect } from '@/components/table/filter-select'
import { retentionTriggers } from '@/lib/contract/vocabulary'
import type { RetentionRow } from './rows'
import { namespaceStates, type RetentionView } from './search-params'

/** What the list can be narrowed by, over all namespaces of the instance. */
export function RetentionFilters({
  view,
  rows,
  onChange,
}: {
  view: Pick<RetentionView, 'namespace' | 'state' | 'trigger'>
  rows: readonly RetentionRow[]
  onChange: (part: Partial<Pick<RetentionView, 'namespace' | 'state' | 'trigger'>>) => void
}) {
  const t = useTranslations('retention')
  // A namespace from an old link may be gone; the filter still says what it filters by.
  const names = new Set([
    ...rows.flatMap(({ namespace }) => namespace ?? []),
    ...(view.namespace ? [view.namespace] : []),
  ])
  return (
    <>
      <FilterSelect
        label={t('filter.namespace')}
        any={t('filter.anyNamespace')}
        options={[...names].sort((a, b) => a.localeCompare(b)).map((name) => ({ value: name, label: name }))}
        chosen={view.namespace}
        onChoose={(namespace) => onChange({ namespace })}
      />
      <FilterSelect
        label={t('filter.state')}
        any={t('filter.anyState')}
        options={namespaceStates.map((value) => ({ value, label: t(`filter.states.${value}`) }))}
        chosen={view.state}
        onChoose={(state) => onChange({ state })}
      />
      <FilterSelect
        label={t('filter.trigger')}
        any={t('filter.anyTrigger')}
        options={retentionTriggers.map((value) => ({ value, label: t(`trigger.${value}`) }))}
        chosen={view.trigger}
        onChoose={(trigger) => onChange({ trigger })}
      />
    </>
  )
}
