'use client'

import { useTranslations } from 'next-intl'
import { NewPassword, newPasswordOf } from '@/components/form/new-password'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { routes } from '@/lib/routes'
import { Done } from './done'
import { Refusal } from './refusal'
import { useAuth } from './use-auth'
import { useToken } from './use-token'

/** The other end of an invitation or of a link to set a new password. */
export function PasswordForm() {
  const t = useTranslations('account')
  const token = useToken()
  const { act } = useAuth<{ token: string; newPassword: string }>('/reset-password', () => {
    // The link is used up: it must not stay in the history.
    window.history.replaceState(null, '', routes.password())
  })
  if (act.isSuccess) return <Done>{t('link.done')}</Done>
  if (token === '')
    return (
      <Note tone="warn" role="alert">
        {t('link.noToken')}
      </Note>
    )
  return (
    <form
      method="post"
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        const newPassword = newPasswordOf(event.currentTarget, t('differs'))
        if (newPassword !== null && token) act.mutate({ token, newPassword })
      }}
    >
      <Refusal error={act.error} />
      <NewPassword />
      <Button type="submit" look="primary" disabled={token === null || act.isPending} aria-busy={act.isPending}>
        {t('link.set')}
      </Button>
    </form>
  )
}
