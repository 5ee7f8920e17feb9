'use client'

import { useTranslations } from 'next-intl'
import { Select } from '@/components/ui/input'
import type { SwrOutput } from '@/lib/contract/swr/schemas'

/** Narrows the list to the policies of one namespace. */
export function NamespaceFilter({
  known,
  chosen,
  onChoose,
}: {
  known: SwrOutput<'namespaceList'> | undefined
  chosen: number | null
  onChoose: (namespace: number | null) => void
}) {
  const t = useTranslations('retention')
  const listed = (known?.namespaces ?? []).filter(({ namespace_id }) => namespace_id !== undefined)
  const sorted = listed.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))
  const more = (known?.total ?? 0) - (known?.namespaces.length ?? 0)
  return (
    <Select
      compact
      aria-label={t('filter.namespace')}
      className="max-w-60"
      value={chosen ?? ''}
      onChange={(event) => onChoose(event.target.value ? Number(event.target.value) : null)}
    >
      <option value="">{t('filter.anyNamespace')}</option>
      {sorted.map(({ namespace_id: id, name }) => (
        <option key={id} value={id}>
          {name ?? `#${id}`}
        </option>
      ))}
      {/* A namespace from an old link may be gone; the filter still says what it filters by. */}
      {chosen !== null && !listed.some(({ namespace_id }) => namespace_id === chosen) && (
        <option value={chosen}>#{chosen}</option>
      )}
      {more > 0 && <option disabled>{t('filter.more', { count: more })}</option>}
    </Select>
  )
}
