'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Ago } from '@/components/shell/relative-time'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Sheet, SheetBody, SheetFoot } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { deletionOf } from '@/lib/policy/retention/deletion'
import { readStatus } from '@/lib/policy/runs/status'
import { apiPolling } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { ExecutionStatus } from '../execution-status'
import { pollImages } from '../images/use-image-rows'
import { taskImagesInput, taskPage } from './search-params'

const actions = ['RETAIN', 'DEL', 'IMMUTABLE', 'ERR'] as const
const ends = ['deleted', 'foretold'] as const

/** Images of one repository of an execution, with SWR's own words for what it did. */
export function TaskImages({
  place,
  id,
  execution,
  readAt,
  task,
  repository,
  page,
  onPage,
  onClose,
}: {
  place: RetentionLocation
  id: number
  execution: Pick<ConsoleOutput<'retentionExecutionShow'>, 'dryRun' | 'status'>
  /** When that was read, in milliseconds. */
  readAt: number
  task: number
  repository: string
  page: number
  onPage: (page: number) => void
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.execution')
  const c = useTranslations('common')
  const { data, error, refetch } = useQuery({
    ...apiPolling('retentionExecutionImageList', taskImagesInput(place, id, task, page)),
    placeholderData: keepPreviousData,
    refetchInterval: pollImages({ moves: readStatus(execution.status).phase === 'running', readAt }),
  })
  const last = data ? Math.max(Math.ceil(data.total / taskPage), 1) : 1
  return (
    <Sheet title={t('imagesOf', { repository })} closeLabel={c('close')} onClose={onClose}>
      <SheetBody>
        {error && !data && <ProblemPanel error={error} retry={() => refetch()} />}
        {!error && !data && <Skeleton className="w-48" />}
        {data?.rows.length === 0 && <Empty title={t('noImages')} />}
        {data && data.rows.length > 0 && (
          <ul aria-label={t('imagesOf', { repository })} className="divide-y divide-line">
            {data.rows.map((row, index) => {
              const known = actions.find((each) => each === row.action)
              const end = known === 'DEL' && ends.find((each) => each === deletionOf(execution, row.status))
              return (
                <li key={`${row.tag} ${row.digest} ${row.tag ? '' : index}`} className="py-2">
                  <div className="flex flex-wrap items-baseline gap-x-3">
                    <span className="min-w-0 flex-1 font-mono text-sm wrap-anywhere">
                      {row.tag || row.digest.slice(0, 19)}
                    </span>
                    <span>{end ? t(`del.${end}`) : known ? t(`action.${known}`) : row.action}</span>
                    <ExecutionStatus status={row.status} />
                    <span className="text-ink-3 text-xs">
                      <Ago time={row.at ?? undefined} />
                    </span>
                  </div>
                  {row.tag && <p className="font-mono text-ink-3 text-xs">{row.digest.slice(0, 19)}</p>}
                  {row.text && <p className="mt-0.5 text-ink-2 text-xs wrap-anywhere">{row.text}</p>}
                </li>
              )
            })}
          </ul>
        )}
      </SheetBody>
      {last > 1 && (
        <SheetFoot>
          <span className="mr-auto self-center text-ink-3 text-sm tabular-nums">{t('page', { page, last })}</span>
          <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {c('pager.previous')}
          </Button>
          <Button disabled={page >= last} onClick={() => onPage(page + 1)}>
            {c('pager.next')}
          </Button>
        </SheetFoot>
      )}
    </Sheet>
  )
}
