'use client'

import { useTranslations } from 'next-intl'
import { Section } from '@/components/form/section'
import { Chip } from '@/components/ui/code'
import { Properties } from '@/components/ui/properties'
import type { BasicRule } from '@/lib/contract/console/basic-retention'
import type { BasicPlace } from './queries'
import { useRuleDecisions } from './use-rule-decisions'
import { Verdicts } from './verdicts'

/** The rule for whoever may not change it, with what it deletes as things stand. */
export function RuleReading({ place, rule }: { place: BasicPlace; rule: BasicRule | null }) {
  const t = useTranslations('basicRetention')
  const { query, decisions } = useRuleDecisions(place, rule)
  return (
    <>
      <Section title={t('rule')} lead={t('readOnly')}>
        {rule === null ? (
          <p>{t('none')}</p>
        ) : (
          <Properties
            columns={3}
            entries={[
              [t('template.label'), t(`template.${rule.template}`)],
              [t(`amount.${rule.template}`), t('amount.value', { amount: rule.amount })],
              [t('exceptions'), <Exceptions key="exceptions" of={rule} />],
            ]}
          />
        )}
      </Section>
      {rule !== null && <Verdicts title={t('verdictsNow')} query={query} decisions={decisions} rule={rule} />}
    </>
  )
}

function Exceptions({ of: { exceptions } }: { of: BasicRule }) {
  const t = useTranslations('basicRetention')
  if (exceptions.length === 0) return t('exception.none')
  return (
    <ul>
      {exceptions.map(({ kind, pattern }) => (
        <li key={`${kind} ${pattern}`}>
          {t(`exception.${kind}`)} <Chip>{pattern}</Chip>
        </li>
      ))}
    </ul>
  )
}
