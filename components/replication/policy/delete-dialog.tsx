'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonField } from '@/components/form/reason-field'
import { Confirm } from '@/components/shell/confirm'
import { Note } from '@/components/ui/alert'
import { notify } from '@/components/ui/toast-store'
import type { Replication } from '@/lib/contract/swr/replication'
import { foundInstead, useApiWrite } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { FilterChips } from '../list/filter-cell'
import { DeleteEffects } from './delete-impact'

/** Deletes a policy after a plain confirmation: it can be made again from its fields, copied images stay. */
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
  const f = useTranslations('form')
  // What is shown is what will be deleted: after a change by somebody else it is shown anew before it can be.
  const [policy, setPolicy] = useState(opened)
  const [reason, setReason] = useState('')
  const router = useRouter()
  const remove = useApiWrite('replicationDelete', { stale: [] })
  const name = policy.name ?? `#${policy.id}`
  const confirm = () =>
    remove.mutate(
      {
        params: { connection: at.connection, instance_id: at.instance, policy_id: String(policy.id) },
        ifMatch: policy.content_hash,
        ...(reason.trim() && { reason: reason.trim() }),
      },
      {
        onError: ({ problem }) => {
          const found = problem.code === 'changed_meanwhile' && foundInstead<Replication>(problem)
          if (found) setPolicy(found)
        },
        onSuccess: () => {
          notify({
            tone: 'ok',
            text: t('delete.done', { name }),
            ...(policy.id !== undefined && {
              action: {
                label: t('delete.recreate'),
                run: () => router.push(routes.replicationRecreate(at, String(policy.id))),
              },
            }),
          })
          onClose()
          // From the policy's own page there is nothing to stay for; on the list this changes nothing.
          if (window.location.pathname !== routes.replication(at)) router.push(routes.replication(at))
        },
      },
    )
  return (
    <Confirm
      title={t('delete.title', { name })}
      act={{ label: t('act.delete'), look: 'danger' }}
      mutation={remove}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t('delete.text')}</p>
      {policy !== opened && (
        <Note tone="warn" className="mt-2">
          {f('conflict.deleted')}
        </Note>
      )}
      <div className="mt-2">
        <FilterChips filters={policy.filters} />
      </div>
      <DeleteEffects at={at} policy={policy} />
      <ReasonField value={reason} onChange={setReason} />
    </Confirm>
  )
}
