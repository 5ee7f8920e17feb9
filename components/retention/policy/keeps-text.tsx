'use client'

import { useTranslations } from 'next-intl'
import type { Retention } from '@/lib/contract/swr/retention'
import { retentionTemplates } from '@/lib/contract/vocabulary'
import { oneOf } from '@/lib/policy/enum'
import { readAmount } from '@/lib/policy/retention/request'

/** What a policy keeps, a line for each of its rules: whoever has several reads them all. */
export function KeepsText({ rules }: Pick<Retention, 'rules'>) {
  const t = useTranslations('retention')
  if (rules.length === 0) return <span className="text-ink-3">{t('keeps.none')}</span>
  return rules.map((rule, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two equal rules may stand in one policy
    <span key={at} className="block">
      <RuleText template={rule.template} amount={readAmount(rule)} />
    </span>
  ))
}

/** What one rule keeps. What we do not know of it is said to be unknown, beside what SWR wrote. */
export function RuleText({ template, amount }: { template: string | undefined; amount: number | undefined }) {
  const t = useTranslations('retention')
  const known = oneOf(retentionTemplates, template)
  if (known && amount !== undefined) return t(`keeps.${known}`, { amount })
  return (
    <span className="text-ink-3">
      {known ? t('keeps.amountless') : t('keeps.unknown')}
      {template && ` (${template})`}
    </span>
  )
}
