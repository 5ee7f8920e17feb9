'use client'

import { useTranslations } from 'next-intl'
import { Select } from '@/components/ui/input'
import type { Registry } from '@/lib/contract/registry'

/** Narrows the list to the policies of one registry, in either direction. */
export function RegistryFilter({
  registries,
  chosen,
  onChoose,
}: {
  registries: readonly Registry[]
  chosen: number | null
  onChoose: (registry: number | null) => void
}) {
  const t = useTranslations('replication')
  const known = registries.filter((registry) => registry.id !== undefined)
  return (
    <Select
      aria-label={t('filter.registry')}
      compact
      className="max-w-60"
      value={chosen ?? ''}
      onChange={(event) => onChoose(event.target.value ? Number(event.target.value) : null)}
    >
      <option value="">{t('filter.anyRegistry')}</option>
      {known.map((registry) => (
        <option key={registry.id} value={registry.id}>
          {registry.name ?? `#${registry.id}`}
        </option>
      ))}
      {/* A registry from an old link may be gone; the filter still says what it filters by. */}
      {chosen !== null && !known.some((registry) => registry.id === chosen) && (
        <option value={chosen}>#{chosen}</option>
      )}
    </Select>
  )
}
