'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { PolicyTabs } from '@/components/history/policy-tabs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedLink } from '@/components/shell/permission-button'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { problemOfRead } from '@/lib/contract/problem'
import type { Retention } from '@/lib/contract/swr/retention'
import { swrQuery } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import type { RetentionPlace } from '../form/edit'
import { EnabledStatus } from '../list/enabled-switch'
import { TriggerText } from '../list/trigger-text'
import { KeepsText } from './keeps-text'
import { RepositorySelectors, TagSelectors } from './selector-text'

const HistoryList = dynamic(() => import('@/components/history/history-list').then((module) => module.HistoryList))

/** One policy: what it keeps, or the history of its versions. */
export function RetentionPolicy({ at, place, tab }: { at: InstanceAt; place: RetentionPlace; tab: 'now' | 'history' }) {
  const t = useTranslations('retention')
  const h = useTranslations('history')
  const policy = useQuery(swrQuery(at.connection, 'retentionShow', { params: place }))
  const between = [{ label: t('title'), href: routes.retention(at) }]
  const shown = policy.data
  if (policy.error || !shown)
    return (
      <>
        <InstanceCrumbs at={at} between={between} title={`#${place.policy_id}`} />
        {policy.error ? (
          <ProblemPanel
            error={problemOfRead(policy.error, shown !== undefined)}
            retry={() => policy.refetch()}
            action={
              <Link href={routes.retention(at)} prefetch={false} className={buttonClass()}>
                {t('edit.toList')}
              </Link>
            }
          />
        ) : (
          <Skeleton className="w-64" />
        )}
      </>
    )
  const target = [at, place.namespace_name, Number(place.policy_id)] as const
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={between}
        title={shown.name ?? `#${place.policy_id}`}
        lead={t('edit.namespace', { namespace: place.namespace_name })}
        actions={
          <GatedLink operation="retentionUpdate" href={routes.retentionEdit(...target)}>
            {h('policy.edit')}
          </GatedLink>
        }
      />
      <PolicyTabs
        tabs={[
          { label: h('overview'), href: routes.retentionPolicy(...target), here: tab === 'now' },
          { label: h('tab'), href: routes.retentionHistory(...target), here: tab === 'history' },
        ]}
      />
      {tab === 'history' ? (
        <HistoryList
          at={{ ...at, kind: 'retention', objectId: place.policy_id }}
          restoreTo={(revision) => routes.retentionRestore(...target, revision)}
        />
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
    [t('column.when'), <TriggerText key="when" policy={policy} />],
    [t('column.enabled'), <EnabledStatus key="enabled" policy={policy} />],
  ]
  return (
    <section aria-label={h('policy.summary')} className="rounded-lg border border-line bg-surface p-4">
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        {entries.map(([term, value]) => (
          <div key={term}>
            <dt className="text-ink-3 text-xs">{term}</dt>
            <dd className="mt-0.5">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
