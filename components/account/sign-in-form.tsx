'use client'

import { useTranslations } from 'next-intl'
import { PlainField, textOf } from '@/components/form/native-field'
import { Button } from '@/components/ui/button'
import { useReady } from '@/components/ui/use-hydrated'
import type { Role } from '@/lib/contract/roles'
import { Refusal } from './auth-error'
import { useAuth } from './use-auth'

/** An account that everybody may know, in the demo. */
export interface DemoAccount {
  readonly email: string
  readonly password: string
  readonly role: Role
}

interface Credential {
  readonly email: string
  readonly password: string
}

// A whole new page: nothing that another account has read stays in this one's memory.
const goTo = (to: string) => window.location.assign(to)

/** E-mail and password, single sign-on, the demo's accounts: whatever this console offers. `to` leads back. */
export function SignInForm({
  to,
  password,
  sso,
  demo,
}: {
  to: string
  password: boolean
  sso: boolean
  demo: readonly DemoAccount[]
}) {
  const t = useTranslations('account')
  const ready = useReady()
  const { act, busy } = useAuth<Credential>('/sign-in/email', () => goTo(to))
  const provider = useAuth<{ to: string }>('/sign-in/sso', (answer) => {
    if (typeof answer === 'object' && answer && 'url' in answer && typeof answer.url === 'string') goTo(answer.url)
  })
  const blocked = !ready || busy || provider.busy
  return (
    <>
      <Refusal error={act.error ?? provider.act.error} />
      {password && (
        <form
          // Without a script nothing is sent, least of all in an address.
          method="post"
          className="flex flex-col gap-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            const form = event.currentTarget
            const given = { email: textOf(form, 'email').trim(), password: textOf(form, 'password') }
            act.mutate(given, {
              onError: () => {
                const field = form.elements.namedItem('password')
                if (field instanceof HTMLInputElement) field.select()
              },
            })
          }}
        >
          <PlainField name="email" type="email" label={t('email')} autoComplete="username" maxLength={254} />
          <PlainField name="password" type="password" label={t('password')} autoComplete="current-password" />
          <Button type="submit" look="primary" disabled={blocked} aria-busy={busy}>
            {t('signIn')}
          </Button>
        </form>
      )}
      {sso && (
        <Button
          look={password ? 'plain' : 'primary'}
          disabled={blocked}
          aria-busy={provider.busy}
          onClick={() => provider.act.mutate({ to })}
        >
          {t('sso')}
        </Button>
      )}
      {demo.length > 0 && (
        <section aria-labelledby="demo" className="flex flex-col gap-2 border-line border-t pt-4">
          <h2 id="demo">{t('demo')}</h2>
          <p className="text-ink-3 text-sm">{t('demoText')}</p>
          {demo.map(({ role, email, password: known }) => (
            <Button key={role} disabled={blocked} onClick={() => act.mutate({ email, password: known })}>
              {t(`demoAs.${role}`)}
            </Button>
          ))}
        </section>
      )}
    </>
  )
}
