'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { ProblemPanel } from '@/components/shell/error-panel'
import { PageHeader } from '@/components/shell/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { apiQuery } from '@/lib/query/client'

/** Where a page of an instance has nothing to show: whether it is the connection or the instance that is not there. */
export function MissingInstance() {
  const { connection, instance } = useParams<{ connection: string; instance: string }>()
  const shown = useQuery(apiQuery('instanceShow', { params: { connection, instance_id: instance } }))
  return (
    <>
      <PageHeader crumbs={[]} title={instance} />
      {shown.isPending ? (
        <Skeleton className="w-64" />
      ) : (
        // The instance may be there, and what the page wanted of it not.
        <ProblemPanel error={shown.error ?? { status: 404, code: 'swr_not_found' }} />
      )}
    </>
  )
}
