'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Skeleton } from '@/components/ui/skeleton'
import { apiQuery } from '@/lib/query/client'
import { type ObjectLocation, routes } from '@/lib/routes'
import { HistoryVersion } from './history-version'
import { historyAddress, historyInput, historySize } from './queries'

/** The versions of a policy, newest first, each with what it changed; any earlier one can be restored. */
export function HistoryList({
  at,
  restoreTo,
}: {
  at: ObjectLocation
  /** Undefined for a policy that is gone. */
  restoreTo?: (revision: number) => Route
}) {
  const t = useTranslations('history')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(historyAddress, { history: 'push' })
  const page = Math.max(view.page, 1)
  const versions = useQuery({ ...apiQuery('revisionList', historyInput(at, page)), placeholderData: keepPreviousData })
  if (versions.error && !versions.data) return <ProblemPanel error={versions.error} retry={() => versions.refetch()} />
  if (!versions.data) return <Skeleton className="w-64" />
  const { revisions, total } = versions.data
  const shown = revisions.slice(0, historySize)
  return (
    <section aria-label={t('label')}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2 text-ink-2">
        <p>{t('lead')}</p>
        <Link href={routes.auditOf(at)} prefetch={false} className="underline">
          {t('log')}
        </Link>
      </div>
      {shown.length === 0 ? (
        <Empty title={t('empty')}>{t('emptyText')}</Empty>
      ) : (
        <ol className="flex flex-col gap-3">
          {shown.map((revision, index) => (
            <HistoryVersion
              key={revision.id}
              at={at}
              revision={revision}
              before={revisions[index + 1]}
              isCurrent={page === 1 && index === 0}
              restoreTo={restoreTo?.(revision.id)}
            />
          ))}
        </ol>
      )}
      {total > historySize && (
        <div className="flex items-center justify-end gap-2 py-3">
          <Button disabled={page <= 1} onClick={() => setView({ page: page - 1 })}>
            {c('pager.previous')}
          </Button>
          <Button disabled={page * historySize >= total} onClick={() => setView({ page: page + 1 })}>
            {c('pager.next')}
          </Button>
        </div>
      )}
    </section>
  )
}
