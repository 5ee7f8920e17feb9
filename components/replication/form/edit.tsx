'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { swrQuery } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import { ReplicationForm, type ReplicationVersion } from './form'

/** The form of an existing policy, or why it cannot be opened. A `version` that was asked for and is not there is null. */
export function EditReplication({
  at,
  policyId,
  version,
}: {
  at: InstanceAt
  policyId: string
  version?: ReplicationVersion | null | undefined
}) {
  const t = useTranslations('replicationForm')
  const f = useTranslations('form')
  const r = useTranslations('replication')
  const policy = useQuery(
    swrQuery(at.connection, 'replicationShow', { params: { instance_id: at.instance, policy_id: policyId } }),
  )
  // Once it is open the form stays, whatever later answers say.
  if (policy.data)
    return (
      <>
        {version === null && (
          <Note tone="warn" className="mt-4">
            {f('version.missing')}
          </Note>
        )}
        <ReplicationForm at={at} policy={policy.data} version={version ?? undefined} />
      </>
    )
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
