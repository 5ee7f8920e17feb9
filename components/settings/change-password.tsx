'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { PlainField, textOf } from '@/components/form/native-field'
import { NewPassword, newPasswordOf } from '@/components/form/new-password'
import { Section } from '@/components/form/section'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { useReady } from '@/components/ui/use-hydrated'
import type { ProblemError } from '@/lib/contract/problem'
import { requestAuth } from '@/lib/query/auth'

interface Passwords {
  readonly currentPassword: string
  readonly newPassword: string
}

/** A new password by whoever knows the present one. `here` is false for accounts of the identity provider. */
export function ChangePassword({ here }: { here: boolean }) {
  const t = useTranslations('account')
  const ready = useReady()
  const change = useMutation<unknown, ProblemError, Passwords>({
    mutationFn: (body) => requestAuth('/change-password', body),
  })
  return (
    <Section title={t('settings.changePassword')} lead={here && t('settings.changePasswordText')}>
      {here ? (
        <form
          method="post"
          className="flex max-w-80 flex-col gap-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            if (change.isPending) return
            const form = event.currentTarget
            const newPassword = newPasswordOf(form, t('differs'))
            if (newPassword === null) return
            const present = form.elements.namedItem('present')
            change.mutate(
              { currentPassword: textOf(form, 'present'), newPassword },
              {
                onSuccess: () => form.reset(),
                onError: ({ problem }) => {
                  if (problem.code === 'wrong_password' && present instanceof HTMLInputElement) present.select()
                },
              },
            )
          }}
        >
          {change.error && <ProblemPanel error={change.error} />}
          {change.isSuccess && (
            <Note tone="ok" role="status">
              {t('settings.changed')}
            </Note>
          )}
          <PlainField name="present" type="password" label={t('settings.present')} autoComplete="current-password" />
          <NewPassword />
          <div>
            <Button
              type="submit"
              disabled={!ready}
              aria-busy={change.isPending}
              // Truly disabled it would lose the focus of whoever pressed it.
              aria-disabled={change.isPending}
            >
              {t('settings.change')}
            </Button>
          </div>
        </form>
      ) : (
        <p>{t('settings.ssoOnly')}</p>
      )}
    </Section>
  )
}
