'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import { notify } from '@/components/ui/toast-store'
import type { Token } from '@/lib/contract/console/schemas'
import { useApiWrite } from '@/lib/query/client'

/** Ends a token for good. */
export function RevokeToken({ token: { id, name }, onClose }: { token: Token; onClose: () => void }) {
  const t = useTranslations('settings')
  const revoke = useApiWrite('tokenRevoke', { stale: ['tokenList'] })
  const done = () => {
    notify({ tone: 'ok', text: t('tokens.revoked', { name }) })
    onClose()
  }
  return (
    <Confirm
      title={t('tokens.revokeTitle', { name })}
      act={{ label: t('tokens.revoke'), look: 'danger' }}
      mutation={revoke}
      onConfirm={() => revoke.mutate({ params: { token_id: id } }, { onSuccess: done })}
      onClose={onClose}
    >
      <p>{t('tokens.revokeText')}</p>
    </Confirm>
  )
}
