'use client'

import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { BasicRule } from '@/lib/contract/console/basic-retention'

/** What a rule keeps, in words. */
export function RuleText({ rule: { template, amount, exceptions } }: { rule: BasicRule }) {
  const t = useTranslations('basicRetention')
  return (
    <>
      {t(`logged.${template}`, { amount })}
      {exceptions.length > 0 && (
        <span className="ml-1.5 inline-flex flex-wrap gap-1 text-ink-2">
          {t('logged.except')}
          {exceptions.map(({ kind, pattern }) => (
            <Chip key={`${kind} ${pattern}`}>{pattern}</Chip>
          ))}
        </span>
      )}
    </>
  )
}
