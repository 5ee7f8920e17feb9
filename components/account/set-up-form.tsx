'use client'

import { useTranslations } from 'next-intl'
import { NewPassword, newPasswordOf } from '@/components/form/new-password'
import { PlainField, textOf } from '@/components/form/plain-fields'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { routes } from '@/lib/routes'
import { Done } from './done'
import { Refusal } from './refusal'
import { useAuth } from './use-auth'
import { useToken } from './use-token'

/** The other end of the link that a first start prints: makes the first admin. */
export function SetUpForm() {
  const t = useTranslations('account')
  const token = useToken()
  const { act } = useAuth<{ token: string; email: string; name: string; password: string }>('/set-up', () => {
    // The link is used up: it must not stay in the history.
    window.history.replaceState(null, '', routes.setUp())
  })
  if (act.isSuccess) return <Done>{t('setUp.done')}</Done>
  if (token === '')
    return (
      <Note tone="warn" role="alert">
        {t('setUp.noToken')}
      </Note>
    )
  return (
    <form
      method="post"
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const password = newPasswordOf(form, t('differs'))
        if (password === null || !token) return
        act.mutate({ token, email: textOf(form, 'email').trim(), name: textOf(form, 'name').trim(), password })
      }}
    >
      <Refusal error={act.error} />
      <PlainField name="name" label={t('name')} autoComplete="name" maxLength={120} />
      <PlainField name="email" type="email" label={t('email')} autoComplete="username" maxLength={254} />
      <NewPassword />
      <Button type="submit" look="primary" disabled={token === null || act.isPending} aria-busy={act.isPending}>
        {t('setUp.make')}
      </Button>
    </form>
  )
}
