'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { OneTimeText } from '@/components/shell/one-time-text'

/** A link to be copied and handed over. */
export function OneTimeLink({
  title,
  link: { url, expires },
  onClose,
}: {
  title: string
  link: { url: string; expires: string }
  onClose: () => void
}) {
  const t = useTranslations('users')
  const format = useFormatter()
  const words = { label: t('link.label'), copy: t('link.copy'), notCopied: t('link.notCopied') }
  return (
    <OneTimeText title={title} text={url} words={words} onClose={onClose}>
      {t('link.text', { expires: format.dateTime(new Date(expires), { dateStyle: 'medium', timeStyle: 'short' }) })}
    </OneTimeText>
  )
}
