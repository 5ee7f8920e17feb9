'use client'

import { useTranslations } from 'next-intl'
import { FilterChoices } from '@/components/table/filter-choices'
import { FilterSelect } from '@/components/table/filter-select'
import type { Registry } from '@/lib/contract/swr/registry'
import { replicationTriggers } from '@/lib/contract/vocabulary'
import { directions, failures, lastResults, type PolicyView, switches } from './search-params'

type Change = (
  part: Partial<
    Pick<PolicyView, 'registry' | 'direction' | 'trigger' | 'enabled'> & { last: PolicyView['last'] | null }
  >,
) => void

/** What the list can be narrowed by, over all policies of the instance. */
export function ListFilter({
  view,
  registries,
  onChange,
}: {
  view: PolicyView
  registries: readonly Registry[]
  onChange: Change
}) {
  const t = useTranslations('replication')
  return (
    <>
      <FilterSelect
        label={t('filter.registry')}
        any={t('filter.anyRegistry')}
        options={registryOptions(registries, view.registry)}
        chosen={view.registry === null ? null : String(view.registry)}
        onChoose={(registry) => onChange({ registry: registry === null ? null : Number(registry) })}
      />
      <FilterSelect
        label={t('filter.direction')}
        any={t('filter.anyDirection')}
        options={directions.map((value) => ({ value, label: t(`filter.${value}`) }))}
        chosen={view.direction}
        onChoose={(direction) => onChange({ direction })}
      />
      <FilterSelect
        label={t('filter.trigger')}
        any={t('filter.anyTrigger')}
        options={replicationTriggers.map((value) => ({ value, label: t(`trigger.${value}`) }))}
        chosen={view.trigger}
        onChoose={(trigger) => onChange({ trigger })}
      />
      <FilterSelect
        label={t('filter.enabled')}
        any={t('filter.anyEnabled')}
        options={switches.map((value) => ({ value, label: t(`filter.${value}`) }))}
        chosen={view.enabled}
        onChoose={(enabled) => onChange({ enabled })}
      />
      <FilterChoices
        label={t('filter.last')}
        any={t('filter.anyLast')}
        options={lastResults.map((value) => ({ value, label: t(`last.${value}`) }))}
        groups={[{ label: t('filter.hasFailures'), values: failures }]}
        chosen={view.last}
        onChoose={(last) => onChange({ last: last.length > 0 ? last : null })}
      />
    </>
  )
}

function registryOptions(registries: readonly Registry[], chosen: number | null) {
  const known = registries.flatMap(({ id, name }) =>
    id === undefined ? [] : [{ value: String(id), label: name ?? `#${id}` }],
  )
  // A registry from an old link may be gone; the filter still says what it filters by.
  const isGone = chosen !== null && !known.some(({ value }) => value === String(chosen))
  return isGone ? [...known, { value: String(chosen), label: `#${chosen}` }] : known
}
