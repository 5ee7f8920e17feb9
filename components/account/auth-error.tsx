'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { problemOf } from '@/lib/contract/problem'
import { routes } from '@/lib/routes'

/** Why it did not work; after too many attempts how long to wait, with a link that is used up the way to sign in. */
export function Refusal({ error, expired }: { error: unknown; expired?: string | undefined }) {
  const t = useTranslations('account')
  if (!error) return null
  const { code, retryAfter = 0 } = problemOf(error)
  const isExpired = code === 'link_expired'
  return (
    <ProblemPanel
      error={error}
      advice={isExpired ? expired : undefined}
      action={
        isExpired ? (
          <Link href={routes.signIn()} prefetch={false} className="underline">
            {t('toSignIn')}
          </Link>
        ) : (
          code === 'too_many_attempts' &&
          retryAfter > 0 && <span>{t('wait', { minutes: Math.max(1, Math.ceil(retryAfter / 60)) })}</span>
        )
      }
    />
  )
}
