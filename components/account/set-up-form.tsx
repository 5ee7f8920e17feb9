'use client'

import { useTranslations } from 'next-intl'
import { PlainField, textOf } from '@/components/form/native-field'
import { routes } from '@/lib/routes'
import { TokenForm } from './token-form'

/** The other end of the link that a first start prints: makes the first admin. */
export function SetUpForm() {
  const t = useTranslations('account')
  return (
    <TokenForm
      path="/set-up"
      place={routes.setUp()}
      words={{
        act: t('setUp.make'),
        done: t('setUp.done'),
        noToken: t('setUp.noToken'),
        expired: t('setUp.expired'),
      }}
      bodyOf={(form, token, password) => ({
        token,
        email: textOf(form, 'email').trim(),
        name: textOf(form, 'name').trim(),
        password,
      })}
    >
      <PlainField name="name" label={t('name')} autoComplete="name" maxLength={120} />
      <PlainField name="email" type="email" label={t('email')} autoComplete="username" maxLength={254} />
    </TokenForm>
  )
}
