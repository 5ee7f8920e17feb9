'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Properties } from '@/components/ui/properties'
import type { Retention } from '@/lib/contract/swr/retention'
import { TriggerText } from '../../schedule/trigger-text'
import { EnabledStatus } from '../policy-switch'
import { RuleSentences } from './rule-sentence'
import { RepositorySelectors, TagSelectors } from './selector-text'

/** Everything that the policy says: as sentences first, then each part of it. */
export function RetentionSummary({ policy }: { policy: Retention }) {
  const t = useTranslations('retention')
  const h = useTranslations('history')
  const entries: readonly [string, ReactNode][] = [
    [t('column.tags'), <TagSelectors key="tags" rules={policy.rules} />],
    [t('column.repositories'), <RepositorySelectors key="repositories" rules={policy.rules} />],
    [t('column.when'), <TriggerText key="when" {...policy} />],
    [t('column.enabled'), <EnabledStatus key="enabled" policy={policy} />],
  ]
  return (
    <section aria-label={h('policy.summary')} className="rounded-lg border border-line bg-surface p-4">
      <div className="mb-4 max-w-4xl leading-6">
        {t.rich('summary.sentence', { rules: () => <RuleSentences key="rules" rules={policy.rules} /> })}
      </div>
      <Properties columns={4} entries={entries} />
    </section>
  )
}
