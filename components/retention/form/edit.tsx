'use client'

import { useQuery } from '@tanstack/react-query'
import { EditPage } from '@/components/form/edit/page'
import type { FormVersion } from '@/components/form/edit/version'
import type { Retention } from '@/lib/contract/swr/retention'
import { apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { useRetentionList } from '../use-policy-list'
import type { RetentionPlace } from './descriptor'
import { RetentionForm } from './form'

/** The form of an existing policy. A `version` that was asked for and is not there is null. */
export function EditRetention({
  at,
  place,
  version,
}: {
  at: InstanceLocation
  place: RetentionPlace
  version?: FormVersion<Retention> | null | undefined
}) {
  const policy = useQuery(apiQuery('retentionShow', { params: { connection: at.connection, ...place } }))
  return (
    <EditPage
      object={{ ...at, kind: 'retention', objectId: place.policy_id }}
      list={useRetentionList(at)}
      policy={policy}
      version={version}
    >
      {(opened, filled) => <RetentionForm at={at} namespace={place.namespace_name} policy={opened} version={filled} />}
    </EditPage>
  )
}
