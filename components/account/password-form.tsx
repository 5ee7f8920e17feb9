'use client'

import { useTranslations } from 'next-intl'
import { routes } from '@/lib/routes'
import { TokenForm } from './token-form'

/** The other end of an invitation or of a link to set a new password. */
export function PasswordForm() {
  const t = useTranslations('account.link')
  return (
    <TokenForm
      path="/reset-password"
      place={routes.password()}
      words={{ act: t('set'), done: t('done'), noToken: t('noToken') }}
      bodyOf={(_, token, newPassword) => ({ token, newPassword })}
    />
  )
}
