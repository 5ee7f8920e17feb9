'use client'

import { useQuery } from '@tanstack/react-query'
import { EditPage } from '@/components/form/edit/page'
import type { FormVersion } from '@/components/form/edit/version'
import type { Replication } from '@/lib/contract/swr/replication'
import { apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { useReplicationList } from '../use-policy-list'
import { ReplicationForm } from './form'

/** The form of an existing policy. A `version` that was asked for and is not there is null. */
export function EditReplication({
  at,
  policyId,
  version,
}: {
  at: InstanceLocation
  policyId: string
  version?: FormVersion<Replication> | null | undefined
}) {
  const params = { instance_id: at.instance, policy_id: policyId }
  const policy = useQuery(apiQuery('replicationShow', { params: { connection: at.connection, ...params } }))
  return (
    <EditPage
      object={{ ...at, kind: 'replication', objectId: policyId }}
      list={useReplicationList(at)}
      policy={policy}
      version={version}
    >
      {(opened, filled) => <ReplicationForm at={at} policy={opened} version={filled} />}
    </EditPage>
  )
}
