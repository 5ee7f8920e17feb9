'use client'

import { useTranslations } from 'next-intl'
import { PlainField, textOf } from './native-field'

// The server's own limits (lib/env/accounts.ts), which has the last word.
const length = { minLength: 12, maxLength: 128 } as const

/** A new password, typed twice: it cannot be read back. */
export function NewPassword() {
  const t = useTranslations('account')
  return (
    <>
      <PlainField
        name="new"
        type="password"
        label={t('newPassword')}
        hint={t('newPasswordHint')}
        autoComplete="new-password"
        {...length}
      />
      <PlainField name="again" type="password" label={t('again')} autoComplete="new-password" />
    </>
  )
}

/** The new password; null when the two differ, which the second field then says. */
export function newPasswordOf(form: HTMLFormElement, differs: string): string | null {
  const again = form.elements.namedItem('again')
  const typed = textOf(form, 'new')
  if (typed === textOf(form, 'again')) return typed
  if (again instanceof HTMLInputElement) {
    again.setCustomValidity(differs)
    again.reportValidity()
    again.addEventListener('input', () => again.setCustomValidity(''), { once: true })
  }
  return null
}
