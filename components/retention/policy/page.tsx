'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { NormalisedNote } from '@/components/diff/server-changes'
import { MissingPolicy } from '@/components/history/missing-policy'
import { PolicyTabs } from '@/components/history/policy-tabs'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedLink } from '@/components/shell/permission-button'
import { Properties } from '@/components/ui/properties'
import { problemOfRead } from '@/lib/contract/problem'
import type { Retention } from '@/lib/contract/swr/retention'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { TriggerText } from '../../schedule/trigger-text'
import type { RetentionPlace } from '../form/descriptor'
import { EnabledStatus } from '../policy-switch'
import { useRetentionList } from '../use-policy-list'
import { KeepsText } from './keeps-text'
import { RepositorySelectors, TagSelectors } from './selector-text'

const HistoryList = dynamic(() => import('@/components/history/history-list').then((module) => module.HistoryList))

/** One policy: what it keeps, or the history of its versions. */
export function RetentionPolicy({
  at,
  place,
  tab,
}: {
  at: InstanceLocation
  place: RetentionPlace
  tab: 'now' | 'history'
}) {
  const t = useTranslations('retention')
  const h = useTranslations('history')
  const policy = useQuery(apiQuery('retentionShow', { params: { connection: at.connection, ...place } }))
  const object = { ...at, kind: 'retention', objectId: place.policy_id } as const
  const list = useRetentionList(at)
  const shown = policy.data
  if (policy.error || !shown) {
    const error = policy.error && problemOfRead(policy.error, shown !== undefined)
    return <MissingPolicy object={object} list={list} error={error} retry={() => policy.refetch()} />
  }
  const target = [at, place.namespace_name, Number(place.policy_id)] as const
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[{ label: list.title, href: list.href }]}
        title={shown.name ?? `#${place.policy_id}`}
        lead={t('edit.namespace', { namespace: place.namespace_name })}
        actions={
          <GatedLink operation="retentionUpdate" href={routes.retentionEdit(...target)}>
            {h('policy.edit')}
          </GatedLink>
        }
      />
      <NormalisedNote place={routes.retentionPolicy(...target)} />
      <PolicyTabs
        tabs={[
          { label: h('overview'), href: routes.retentionPolicy(...target), here: tab === 'now' },
          { label: h('tab'), href: routes.retentionHistory(...target), here: tab === 'history' },
        ]}
      />
      {tab === 'history' ? (
        <HistoryList at={object} restoreTo={(revision) => routes.retentionRestore(...target, revision)} />
      ) : (
        <Summary policy={shown} />
      )}
    </>
  )
}

function Summary({ policy }: { policy: Retention }) {
  const t = useTranslations('retention')
  const h = useTranslations('history')
  const entries: readonly [string, ReactNode][] = [
    [t('column.keeps'), <KeepsText key="keeps" rules={policy.rules} />],
    [t('column.tags'), <TagSelectors key="tags" rules={policy.rules} />],
    [t('column.repositories'), <RepositorySelectors key="repositories" rules={policy.rules} />],
    [t('column.when'), <TriggerText key="when" {...policy} />],
    [t('column.enabled'), <EnabledStatus key="enabled" policy={policy} />],
  ]
  return (
    <section aria-label={h('policy.summary')} className="rounded-lg border border-line bg-surface p-4">
      <Properties columns={3} entries={entries} />
    </section>
  )
}
