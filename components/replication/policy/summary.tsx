'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { Properties } from '@/components/ui/properties'
import type { Registry } from '@/lib/contract/swr/registry'
import type { Replication } from '@/lib/contract/swr/replication'
import { pullsAll } from '@/lib/policy/replication/pull'
import { RegistryName } from '../../registry-name/registry-name'
import { TriggerText } from '../../schedule/trigger-text'
import { FilterChips } from '../list/filter-cell'
import { NextRun } from './next-run'
import { ReplicationSentence } from './sentence'

/** Everything that the policy says, in the order in which its form asks for it. */
export function ReplicationSummary({ policy, registries }: { policy: Replication; registries: readonly Registry[] }) {
  const t = useTranslations('replication')
  const p = useTranslations('policyPage')
  const mode = policy.repo_scope_mode
  const entries: readonly [string, ReactNode][] = [
    [t('column.registry'), <RegistryName key="registry" policy={policy} registries={registries} />],
    [t('column.what'), <FilterChips key="what" filters={policy.filters} />],
    [t('policy.mode'), mode === 'regular' || mode === 'selection' ? t(`policy.${mode}`) : mode],
    [
      t('policy.namespace'),
      policy.dest_namespace ? <Chip key="ns">{policy.dest_namespace}</Chip> : t('policy.keepNamespace'),
    ],
    [t('column.when'), <TriggerText key="when" {...policy} />],
    [p('nextRun'), <NextRun key="next" policy={policy} />],
    [t('policy.conflict'), t(policy.override ? 'policy.override' : 'policy.keep')],
    [
      t('policy.updated'),
      <span key="updated">
        <Ago time={policy.updated_at} />
        <small className="mt-px block text-ink-3 text-xs">
          {t.rich('createdAgo', { ago: () => <Ago time={policy.created_at} /> })}
        </small>
      </span>,
    ],
  ]
  return (
    <section aria-label={t('policy.summary')} className="rounded-lg border border-line bg-surface p-4">
      <ReplicationSentence policy={policy} registries={registries} />
      {pullsAll(policy, registries) && (
        <Note tone="warn" className="mb-4 max-w-4xl">
          {p('pullsAll')}
        </Note>
      )}
      <Properties columns={4} entries={entries} />
    </section>
  )
}
