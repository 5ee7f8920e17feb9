'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import { notify } from '@/components/ui/toast-store'
import { useApiWrite } from '@/lib/query/client'
import type { BasicPlace } from './queries'

/** Without its rule a repository keeps everything. */
export function DeleteRule({
  place: { connection, organization, repository },
  was,
  onClose,
}: {
  place: BasicPlace
  was: string
  onClose: () => void
}) {
  const t = useTranslations('basicRetention')
  const remove = useApiWrite('basicRetentionRemove', { stale: ['basicRetentionShow', 'basicRetentionDecide'] })
  const name = `${organization}/${repository}`
  return (
    <Confirm
      title={t('removeTitle', { name })}
      act={{ label: t('remove'), look: 'danger' }}
      mutation={remove}
      onConfirm={() =>
        // The form opens anew without a rule: by then this dialog is gone, and only the promise still tells of it.
        void remove.mutateAsync({ params: { connection }, body: { organization, repository, was } }).then(
          () => {
            notify({ tone: 'ok', text: t('removed', { name }) })
            onClose()
          },
          // Shown by the dialog.
          () => undefined,
        )
      }
      onClose={onClose}
    >
      <p>{t('removeText')}</p>
    </Confirm>
  )
}
