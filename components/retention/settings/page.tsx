'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { LimitsForm } from '@/components/retention-limits/form'
import { limitsQuery } from '@/components/retention-limits/limits-query'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { Ago } from '@/components/shell/relative-time'
import { Skeleton } from '@/components/ui/skeleton'
import { type InstanceLocation, routes } from '@/lib/routes'
import { ArchiveCopies } from './copies'

/** What guards deletion on an instance, and the copies that its runs have kept. */
export function RetentionSettings({ at }: { at: InstanceLocation }) {
  const t = useTranslations('retentionRuns.limits')
  const r = useTranslations('retention')
  const { data, error, refetch } = useQuery(limitsQuery(at))
  const changed = data?.changed
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[{ label: r('title'), href: routes.retention(at) }]}
        title={t('title')}
        lead={changed ? t.rich('changed', { name: changed.name, ago: () => <Ago time={changed.at} /> }) : t('lead')}
      />
      {error && !data && <ProblemPanel error={error} retry={() => refetch()} />}
      {!error && !data && <Skeleton className="w-64" />}
      {data && <LimitsForm at={at} settings={data} />}
      <ArchiveCopies at={at} />
    </>
  )
}
