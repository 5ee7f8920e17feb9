'use client'

import { useTranslations } from 'next-intl'
import { DeletePolicy } from '@/components/policy/delete-dialog'
import { Chip } from '@/components/ui/code'
import type { Retention } from '@/lib/contract/swr/retention'
import { useApiWrite } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { RuleSentences } from './rule-sentence'

/** Deletes a retention policy; nothing else is deleted with it. */
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
  const { mutate, isPending, error } = useApiWrite('retentionDelete', { stale: ['retentionList'] })
  const place = { connection: at.connection, instance_id: at.instance, namespace_name: namespace }
  return (
    <DeletePolicy
      policy={opened}
      words={{
        title: (name) => t('delete.title', { name }),
        act: t('act.delete'),
        done: (name) => t('delete.done', { name }),
        recreate: t('delete.recreate'),
      }}
      list={routes.retention(at)}
      recreate={(id) => routes.retentionRecreate(at, id)}
      deletion={{
        isPending,
        error,
        mutate: ({ id, content_hash }, reason, then) =>
          mutate(
            { params: { ...place, policy_id: String(id) }, ifMatch: content_hash, ...(reason && { reason }) },
            then,
          ),
      }}
      onClose={onClose}
      lead={t.rich('delete.text', { namespace: () => <Chip key="namespace">{namespace}</Chip> })}
    >
      {({ rules }) => <RuleSentences rules={rules} />}
    </DeletePolicy>
  )
}
