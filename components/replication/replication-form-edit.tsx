'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { InstanceCrumbs } from '@/components/shell/instance-crumbs'
import { ProblemPanel } from '@/components/shell/problem-panel'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { swrQuery } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import { ReplicationForm } from './replication-form'

/** The form of an existing policy, or why it cannot be opened. */
export function EditReplication({ at, policyId }: { at: InstanceAt; policyId: string }) {
  const t = useTranslations('replicationForm')
  const r = useTranslations('replication')
  const policy = useQuery(
    swrQuery(at.connection, 'replicationShow', { params: { instance_id: at.instance, policy_id: policyId } }),
  )
  // Once it is open the form stays, whatever later answers say.
  if (policy.data) return <ReplicationForm at={at} policy={policy.data} />
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[{ label: r('title'), href: routes.replication(at) }]}
        title={t('edit', { name: `#${policyId}` })}
      />
      {policy.error ? (
        <ProblemPanel
          error={policy.error}
          retry={() => policy.refetch()}
          action={
            <Link href={routes.replication(at)} prefetch={false} className={buttonClass()}>
              {t('backToList')}
            </Link>
          }
        />
      ) : (
        <Skeleton className="w-64" />
      )}
    </>
  )
}
