'use client'

import { useTranslations } from 'next-intl'
import { FieldLabel } from '@/components/diff/changes'
import { FieldValue } from '@/components/diff/field-value'
import type { AuditEntry } from '@/lib/contract/console/schemas'
import { changesBetween } from '@/lib/policy/diff/changes-text'
import { fieldNameOf } from '@/lib/policy/diff/field-names'

/** Changes before the others are only counted. */
const few = 2
const noRegistries = new Map<number, string>()

/** What an entry changed of something that was there before, in a line. */
export function ChangesLine({ entry: { before, after } }: { entry: AuditEntry }) {
  const t = useTranslations('audit')
  if (!before || !after) return null
  const changes = changesBetween(before, after)
  if (changes.length === 0) return null
  return (
    <small className="mt-px line-clamp-2 text-ink-3 text-xs wrap-anywhere [&_*]:inline">
      {changes.slice(0, few).map(({ path, before: old, after: now }, index) => (
        <span key={path}>
          {index > 0 && ' · '}
          {t.rich('change', {
            field: () => <FieldLabel path={path} />,
            before: () => <FieldValue name={fieldNameOf(path)} value={old} registries={noRegistries} />,
            after: () => <FieldValue name={fieldNameOf(path)} value={now} registries={noRegistries} />,
          })}
        </span>
      ))}
      {changes.length > few && ` ${t('moreChanges', { count: changes.length - few })}`}
    </small>
  )
}
