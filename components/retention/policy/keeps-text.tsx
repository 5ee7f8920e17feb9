'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Retention } from '@/lib/contract/swr/retention'
import { retentionTemplates } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { readingOfAmount } from '@/lib/policy/retention/amount'
import { concernsNothing, keepsNothing, type Loss } from '@/lib/policy/retention/keeps-nothing'
import { readAmount } from '@/lib/policy/retention/request'

type Rule = Retention['rules'][number]

/** What a rule that was read keeps. A number as text is shown as the number that was meant. */
export function RuleKeeps({ rule }: { rule: Rule }) {
  const reading = readingOfAmount(rule)
  const amount = readAmount(rule)
  const isMeant = reading?.kind === 'odd' && amount !== undefined && Number.isInteger(amount) && amount > 0
  const isFine = (reading?.kind ?? 'fine') === 'fine'
  return <RuleText template={rule.template} amount={isFine || isMeant ? amount : undefined} />
}

/** What is wrong with a rule as it was read, and loudly when it keeps nothing. */
export function RuleWarnings({ rule, loss }: { rule: Rule; loss: Loss }) {
  const t = useTranslations('retention')
  return (
    <>
      <AmountWarning rule={rule} loss={loss} />
      {keepsNothing(rule) === 'tags' && <Loud>{t('keeps.nothing', { effect: loss })}</Loud>}
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
export function AmountWarning({ rule, loss }: { rule: Rule; loss: Loss }) {
  const t = useTranslations('retention')
  const reading = readingOfAmount(rule)
  switch (reading?.kind) {
    case 'nothing':
      return <Loud>{t('keeps.nothingBy', { said: reading.said, effect: loss })}</Loud>
    case 'odd':
      return <span className="block text-warn">{t('keeps.odd', reading)}</span>
    case 'missing':
      return <span className="block text-warn">{t('keeps.missing', { effect: loss })}</span>
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
