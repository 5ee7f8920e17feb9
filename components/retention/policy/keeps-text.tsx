'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Retention } from '@/lib/contract/swr/retention'
import { retentionTemplates } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { readingOfAmount } from '@/lib/policy/retention/amount'
import { concernsNothing, keepsNothing } from '@/lib/policy/retention/keeps-nothing'
import { readAmount } from '@/lib/policy/retention/request'

type Rule = Retention['rules'][number]

/** What a policy keeps, a line for each of its rules: whoever has several reads them all. */
export function KeepsText({ rules }: Pick<Retention, 'rules'>) {
  const t = useTranslations('retention')
  if (rules.length === 0) return <span className="text-ink-3">{t('keeps.none')}</span>
  return rules.map((rule, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two equal rules may stand in one policy
    <span key={index} className="block">
      <RuleKeeps rule={rule} />
    </span>
  ))
}

/** What a rule that was read keeps, and loudly when that is nothing. */
export function RuleKeeps({ rule }: { rule: Rule }) {
  const t = useTranslations('retention')
  const reading = readingOfAmount(rule)
  const amount = readAmount(rule)
  // A number as text is shown as the number that was meant, with what SWR makes of it.
  const isMeant = reading?.kind === 'odd' && amount !== undefined && Number.isInteger(amount) && amount > 0
  const isFine = (reading?.kind ?? 'fine') === 'fine'
  return (
    <>
      {(isFine || isMeant) && <RuleText template={rule.template} amount={amount} />}
      <AmountWarning rule={rule} />
      {keepsNothing(rule) === 'tags' && <Loud>{t('keeps.nothing')}</Loud>}
      {concernsNothing(rule) && <small className="block text-warn text-xs">{t('keeps.nowhere')}</small>}
    </>
  )
}

const Loud = ({ children }: { children: string }) => (
  <strong className="block font-medium text-bad">
    <TriangleAlert aria-hidden size={14} className="mr-1 inline align-[-2px]" />
    {children}
  </strong>
)

/** What an amount means that no rule can have, as it was read. Nothing for one that is all right. */
export function AmountWarning({ rule }: { rule: Rule }) {
  const t = useTranslations('retention')
  const reading = readingOfAmount(rule)
  switch (reading?.kind) {
    case 'nothing':
      return <Loud>{t('keeps.nothingBy', { said: reading.said })}</Loud>
    case 'odd':
      return <span className="block text-warn">{t('keeps.odd', reading)}</span>
    case 'missing':
      return <span className="block text-warn">{t('keeps.missing')}</span>
    default:
      return null
  }
}

/** What one rule keeps. What we do not know of it is said to be unknown, beside what SWR wrote. */
export function RuleText({ template, amount }: { template: string | undefined; amount: number | undefined }) {
  const t = useTranslations('retention')
  const known = parseEnum(retentionTemplates, template)
  if (known && amount !== undefined) return t(`keeps.${known}`, { amount })
  return (
    <span className="text-ink-3">
      {known ? t('keeps.amountless') : t('keeps.unknown')}
      {template && ` (${template})`}
    </span>
  )
}
