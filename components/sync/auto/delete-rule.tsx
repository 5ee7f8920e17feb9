'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import type { AutoSyncRule } from '@/lib/contract/console/auto-sync'
import { useApiWrite } from '@/lib/query/client'

/** Deletes one rule; it can be made again, and what was copied stays. */
export function DeleteRule({
  connection,
  organization,
  rule,
  onClose,
}: {
  connection: string
  organization: string
  rule: AutoSyncRule
  onClose: () => void
}) {
  const t = useTranslations('sync.auto')
  const remove = useApiWrite('autoSyncDelete', { stale: ['autoSyncRuleList'] })
  return (
    <Confirm
      title={t('deleteTitle', { repository: rule.repository, region: rule.region })}
      act={{ label: t('deleteAct'), look: 'danger' }}
      mutation={remove}
      onConfirm={() =>
        remove.mutate(
          {
            params: { connection, namespace: organization, repository: rule.repository },
            body: { remoteRegionId: rule.region, remoteNamespace: rule.organization },
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>{t('deleteText', { organization: rule.organization, region: rule.region })}</p>
    </Confirm>
  )
}
