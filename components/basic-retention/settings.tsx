'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { LimitsForm } from '@/components/retention-limits/form'
import { limitsQuery } from '@/components/retention-limits/limits-query'
import { ProblemPanel } from '@/components/shell/error-panel'
import { PageHeader } from '@/components/shell/page-header'
import { Ago } from '@/components/shell/relative-time'
import { Skeleton } from '@/components/ui/skeleton'
import { basicEdition } from '@/lib/contract/console/retention-vocabulary'
import { routes } from '@/lib/routes'

/** What guards deletion in the Basic Edition of a connection. */
export function BasicRetentionSettings({ connection }: { connection: string }) {
  const t = useTranslations('basicRetention')
  const l = useTranslations('retentionRuns.limits')
  const at = { connection, instance: basicEdition }
  const { data, error, refetch } = useQuery(limitsQuery(at))
  const changed = data?.changed
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: routes.basicRetention(connection) }]}
        title={t('limits')}
        lead={
          changed ? l.rich('changed', { name: changed.name, ago: () => <Ago time={changed.at} /> }) : t('limitsLead')
        }
      />
      {error && !data && <ProblemPanel error={error} retry={() => refetch()} />}
      {!error && !data && <Skeleton className="w-64" />}
      {data && <LimitsForm at={at} settings={data} />}
    </>
  )
}
