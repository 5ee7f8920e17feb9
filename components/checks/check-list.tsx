'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { byKind } from '@/components/findings/by-kind'
import { whileReading } from '@/components/findings/polling'
import { FindingsUnread } from '@/components/findings/unread'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Refresh } from '@/components/table/refresh'
import { Empty } from '@/components/ui/empty'
import { Skeleton } from '@/components/ui/skeleton'
import type { Findings } from '@/lib/contract/console/checks'
import { ownPolling } from '@/lib/query/own'
import type { InstanceAt } from '@/lib/routes'
import { CheckGroup } from '../findings/group'
import { checkListInput } from './search-params'

/** What policies, registries and retention of an instance do to each other. */
export function CheckList({ at }: { at: InstanceAt }) {
  const t = useTranslations('checks')
  const query = useQuery({ ...ownPolling('checkList', checkListInput(at)), refetchInterval: whileReading })
  const { data, error } = query
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-80 text-ink-2">
          {data ? t('looked', data.looked) : <Skeleton className="w-80 max-w-full" />}
        </p>
        <Refresh
          at={data ? Date.parse(data.at) : 0}
          busy={query.isFetching || data?.refreshing === true}
          onRefresh={() => query.refetch()}
        />
      </div>
      {error && (
        <div className="mb-3">
          <ProblemPanel error={error} retry={() => query.refetch()} />
        </div>
      )}
      {data && <FindingsUnread findings={data} className="mb-4" />}
      {data ? <Groups at={at} findings={data} /> : !error && <Waiting />}
    </>
  )
}

function Groups({ at, findings }: { at: InstanceAt; findings: Findings }) {
  const t = useTranslations('checks')
  const { complete } = findings
  if (findings.findings.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <Empty title={t(complete ? 'nothing.title' : 'nothing.partly')}>
          {t(complete ? 'nothing.text' : 'nothing.partlyText')}
        </Empty>
      </div>
    )
  return (
    <>
      {byKind(findings.findings).map(([kind, of]) => (
        <CheckGroup key={kind} at={at} kind={kind} findings={of} />
      ))}
      {findings.more > 0 && <p className="text-ink-2">{t('more', { count: findings.more })}</p>}
    </>
  )
}

function Waiting() {
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <Skeleton className="h-4 w-60" />
      <Skeleton className="w-full" />
      <Skeleton className="w-2/3" />
    </div>
  )
}
