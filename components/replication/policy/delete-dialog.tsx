'use client'

import { useTranslations } from 'next-intl'
import { DeletePolicy } from '@/components/policy/delete-dialog'
import type { Replication } from '@/lib/contract/swr/replication'
import { useApiWrite } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { FilterChips } from '../list/filter-cell'
import { DeleteEffects } from './delete-impact'

/** Deletes a replication policy; copied images stay. */
export function DeleteReplication({
  at,
  policy: opened,
  onClose,
}: {
  at: InstanceLocation
  policy: Replication
  onClose: () => void
}) {
  const t = useTranslations('replication')
  const { mutate, isPending, error } = useApiWrite('replicationDelete', { stale: [] })
  return (
    <DeletePolicy
      policy={opened}
      words={{
        title: (name) => t('delete.title', { name }),
        act: t('act.delete'),
        done: (name) => t('delete.done', { name }),
        recreate: t('delete.recreate'),
      }}
      list={routes.replication(at)}
      recreate={(id) => routes.replicationRecreate(at, id)}
      deletion={{
        isPending,
        error,
        mutate: ({ id, content_hash }, reason, then) =>
          mutate(
            {
              params: { connection: at.connection, instance_id: at.instance, policy_id: String(id) },
              ifMatch: content_hash,
              ...(reason && { reason }),
            },
            then,
          ),
      }}
      onClose={onClose}
      lead={t('delete.text')}
    >
      {(policy) => (
        <>
          <FilterChips filters={policy.filters} />
          <DeleteEffects at={at} policy={policy} />
        </>
      )}
    </DeletePolicy>
  )
}
