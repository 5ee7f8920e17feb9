'use client'

import { useTranslations } from 'next-intl'
import { Section } from '@/components/form/section'
import { Properties } from '@/components/ui/properties'
import type { RetentionLimits } from '@/lib/contract/console/retention-settings'
import { basicEdition } from '@/lib/contract/console/retention-vocabulary'
import { limitsQuestions, toDraft } from '@/lib/policy/retention-limits/form'
import type { InstanceLocation } from '@/lib/routes'
import { LimitAnswer } from './limit-answer'

/** What guards saving in the Basic Edition, which knows neither dry runs nor an archive. */
const ofBasic = ['ceilingTags', 'ceilingPercent', 'inUseHours']

/** The limits for whoever may not change them. */
export function LimitsReading({ at, limits }: { at: InstanceLocation; limits: RetentionLimits }) {
  const t = useTranslations('retentionRuns.limits')
  const isBasic = at.instance === basicEdition
  const draft = toDraft(limits)
  const nameOf = (name: (typeof limitsQuestions)[number]['name']) => {
    if (name === 'archive') return t('archive')
    const isCeiling = name === 'ceilingTags' || name === 'ceilingPercent'
    return isBasic && isCeiling ? t(`fieldBasic.${name}`) : t(`field.${name}`)
  }
  return (
    <Section title={t('limits')} lead={t('readOnly')}>
      <Properties
        columns={3}
        entries={limitsQuestions
          .filter(({ name }) => !isBasic || ofBasic.includes(name))
          .map((question) => [
            nameOf(question.name),
            <LimitAnswer key={question.name} at={at} question={question} draft={draft} />,
          ])}
      />
    </Section>
  )
}
