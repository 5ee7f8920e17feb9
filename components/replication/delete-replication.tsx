'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import { notify } from '@/components/ui/notice'
import type { Replication } from '@/lib/contract/replication'
import { useSwrMutation } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import { FilterChips } from './filter-chips'

/** Deletes a policy after a plain confirmation: it can be made again from its fields, copied images stay. */
export function DeleteReplication({
  at,
  policy,
  onClose,
}: {
  at: InstanceAt
  policy: Replication
  onClose: () => void
}) {
  const t = useTranslations('replication')
  const router = useRouter()
  const remove = useSwrMutation(at.connection, 'replicationDelete', { stale: ['replicationList'] })
  const name = policy.name ?? `#${policy.id}`
  const confirm = () =>
    remove.mutate(
      { params: { instance_id: at.instance, policy_id: String(policy.id) } },
      {
        onSuccess: () => {
          notify({ tone: 'ok', text: t('delete.done', { name }) })
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
      <div className="mt-2">
        <FilterChips filters={policy.filters} />
      </div>
    </Confirm>
  )
}
