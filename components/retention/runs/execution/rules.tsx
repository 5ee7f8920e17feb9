'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { RuleSentences } from '../../policy/rule-sentence'

type Execution = ConsoleOutput<'retentionExecutionShow'>

/** The rules that an execution ran by, as far as the console knows them. */
export function ExecutionRules({ rules, job }: Pick<Execution, 'rules' | 'job'>) {
  const t = useTranslations('retentionRuns.execution')
  return (
    <section aria-labelledby="run-rules" className="mb-4">
      <h2 id="run-rules" className="mb-2">
        {t('rules')}
      </h2>
      {rules ? (
        <>
          <div className="rounded-lg border border-line bg-surface px-3.5 py-2.5">
            <RuleSentences rules={rules.rules} />
          </div>
          {/* A job of the console has its rules with it. */}
          {!job && (
            <p className="mt-1.5 text-ink-3 text-xs">{t.rich('rulesSince', { ago: () => <Ago time={rules.at} /> })}</p>
          )}
        </>
      ) : (
        <p className="text-ink-3 text-sm">{t('rulesUnknown')}</p>
      )}
    </section>
  )
}
