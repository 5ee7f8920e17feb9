'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { FormVersion } from './version'

/** Says what a form is filled with, where that is not what it was opened on. */
export function VersionNote({
  version: { at, copyOf, policy },
  isNew,
}: {
  version: FormVersion<{ readonly name?: string | undefined }>
  isNew: boolean
}) {
  const t = useTranslations('form')
  const p = useTranslations('policyPage')
  const format = useFormatter()
  const time = format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Note tone="info" className="mb-4">
      {!isNew
        ? t('version.restored', { time })
        : copyOf === undefined
          ? t('version.again', { name: policy.name ?? '' })
          : p('copied', { name: copyOf })}
    </Note>
  )
}
