'use client'

import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/problem-panel'
import { problemOf } from '@/lib/problem'

/** Why it did not work; after too many attempts also how long to wait. */
export function Refusal({ error }: { error: unknown }) {
  const t = useTranslations('account')
  if (!error) return null
  const { code, retryAfter = 0 } = problemOf(error)
  const wait = code === 'too_many_attempts' && retryAfter > 0
  return (
    <ProblemPanel
      error={error}
      action={wait && <span>{t('wait', { minutes: Math.max(1, Math.ceil(retryAfter / 60)) })}</span>}
    />
  )
}
