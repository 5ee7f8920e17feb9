'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonField } from '@/components/form/reason-field'
import { Confirm } from '@/components/shell/confirm'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { notify } from '@/components/ui/toast-store'
import type { Retention } from '@/lib/contract/swr/retention'
import { foundInstead, useApiWrite } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { RuleSentences } from './rule-sentence'

/** Deletes a policy after a plain confirmation: it can be made again from its fields, and no image goes with it. */
export function DeleteRetention({
  at,
  namespace,
  policy: opened,
  onClose,
}: {
  at: InstanceLocation
  namespace: string
  policy: Retention
  onClose: () => void
}) {
  const t = useTranslations('retention')
  const f = useTranslations('form')
  // What is shown is what will be deleted: after a change by somebody else it is shown anew before it can be.
  const [policy, setPolicy] = useState(opened)
  const [reason, setReason] = useState('')
  const router = useRouter()
  const remove = useApiWrite('retentionDelete', { stale: ['retentionList'] })
  const name = policy.name ?? `#${policy.id}`
  const params = {
    connection: at.connection,
    instance_id: at.instance,
    namespace_name: namespace,
    policy_id: String(policy.id),
  }
  const confirm = () =>
    remove.mutate(
      { params, ifMatch: policy.content_hash, ...(reason.trim() && { reason: reason.trim() }) },
      {
        onError: ({ problem }) => {
          const found = problem.code === 'changed_meanwhile' && foundInstead<Retention>(problem)
          if (found) setPolicy(found)
        },
        onSuccess: () => {
          notify({
            tone: 'ok',
            text: t('delete.done', { name }),
            action: {
              label: t('delete.recreate'),
              run: () => router.push(routes.retentionRecreate(at, String(policy.id))),
            },
          })
          onClose()
          // From the policy's own page there is nothing to stay for; on the list this changes nothing.
          if (window.location.pathname !== routes.retention(at)) router.push(routes.retention(at))
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
      <p>{t.rich('delete.text', { namespace: () => <Chip key="namespace">{namespace}</Chip> })}</p>
      {policy !== opened && (
        <Note tone="warn" className="mt-2">
          {f('conflict.deleted')}
        </Note>
      )}
      <div className="mt-2">
        <RuleSentences rules={policy.rules} />
      </div>
      <ReasonField value={reason} onChange={setReason} />
    </Confirm>
  )
}
