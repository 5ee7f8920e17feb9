'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { SwrOutput } from '@/lib/contract/swr/schemas'

/** Used of allowed, for each thing that SWR limits; a number that SWR left out stays away. */
export function Quotas({ statistics }: { statistics: SwrOutput<'instanceStatistics'> | undefined }) {
  const t = useTranslations('instance')
  const format = useFormatter()
  const rows = [
    [t('policies'), statistics?.replica_policy_count, statistics?.replica_policy_quota],
    [t('retentions'), statistics?.retention_policy_count, statistics?.retention_policy_quota],
    [t('registries'), statistics?.replica_registry_count, statistics?.replica_registry_quota],
    [t('namespaces'), statistics?.total_namespace_count, statistics?.namespace_quota],
    [t('repositories'), statistics?.total_image_count, statistics?.image_repo_quota],
  ] as const
  const bytes = statistics?.storage_used
  return (
    <dl className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2 lg:grid-cols-3">
      {rows.map(([label, used, quota]) => (
        <div key={label} className="bg-surface px-3.5 py-3">
          <dt className="text-ink-3 text-xs">{label}</dt>
          <dd className="font-semibold text-lg tabular-nums">
            {used === undefined ? '–' : quota === undefined ? t('used', { used }) : t('of', { used, quota })}
          </dd>
        </div>
      ))}
      <div className="bg-surface px-3.5 py-3">
        <dt className="text-ink-3 text-xs">{t('storage')}</dt>
        <dd className="font-semibold text-lg tabular-nums">
          {bytes === undefined
            ? '–'
            : format.number(bytes / 1e9, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 })}
        </dd>
      </div>
    </dl>
  )
}
