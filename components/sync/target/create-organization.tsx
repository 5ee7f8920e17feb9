'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import type { SyncTarget } from '@/lib/contract/console/sync'
import { useApiWrite } from '@/lib/query/client'

/** Creates an organization that a target misses, by the connection that covers it; the plan then looks again. */
export function CreateOrganization({
  connection,
  target: { region, organization },
  onDone,
  onClose,
}: {
  connection: string
  target: SyncTarget
  onDone: () => Promise<unknown>
  onClose: () => void
}) {
  const t = useTranslations('sync.target')
  const create = useApiWrite('organizationCreate', { stale: ['organizationList'] })
  const confirm = () =>
    create.mutate(
      { params: { connection }, body: { namespace: organization } },
      {
        onSuccess: () => {
          onClose()
          void onDone()
        },
      },
    )
  return (
    <Confirm
      title={t('createTitle', { organization, region })}
      act={{ label: t('create', { organization }), look: 'primary' }}
      mutation={create}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t('createText', { region })}</p>
    </Confirm>
  )
}
