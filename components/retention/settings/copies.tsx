'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { Confirm } from '@/components/shell/confirm'
import { ReasonedButton } from '@/components/shell/permission-button'
import { filterChipClass } from '@/components/table/filter-chip'
import { Pager } from '@/components/table/pager'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { mostCopiesDeleted } from '@/lib/contract/vocabulary'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { useCopyColumns } from './copy-columns'
import { type CopyDeletion, CopyOutcome } from './copy-outcome'
import { archiveAddress, archiveInput, type Copy, copyKey, instanceParams } from './queries'

/** Copies of deleted images, with their age. Nothing deletes them but a press. */
export function ArchiveCopies({ at }: { at: InstanceLocation }) {
  const t = useTranslations('retentionRuns.archive')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(archiveAddress, { history: 'push' })
  const [chosen, setChosen] = useState<ReadonlyMap<string, Copy>>(new Map())
  const [isAsking, setAsking] = useState(false)
  const [outcome, setOutcome] = useState<CopyDeletion | null>(null)
  const may = useCan('archiveCopyDelete')
  const query = useQuery({
    ...apiQuery('archiveCopyList', archiveInput(at, view)),
    placeholderData: keepPreviousData,
  })
  const { data } = query
  const rows = data?.copies ?? []
  const toggle = (copies: readonly Copy[], wanted: boolean) =>
    setChosen((before) => {
      const next = new Map(before)
      for (const copy of copies) wanted ? next.set(copyKey(copy), copy) : next.delete(copyKey(copy))
      return next
    })
  const columns = useCopyColumns(chosen, toggle, rows)
  const overdue = data?.overdue ?? 0
  const tooMany = chosen.size > mostCopiesDeleted ? t('tooMany', { most: mostCopiesDeleted }) : undefined
  return (
    <section aria-labelledby="archive" className="mt-8">
      <h2 id="archive" className="mb-1">
        {t('title')}
      </h2>
      <p className="mb-3 text-ink-2">{t('lead')}</p>
      {outcome && <CopyOutcome {...outcome} />}
      <div className="mb-2 flex min-h-9 flex-wrap items-center gap-2">
        <button
          type="button"
          aria-pressed={view.overdue}
          className={clsx(filterChipClass(view.overdue))}
          onClick={() => setView({ overdue: !view.overdue, page: null })}
        >
          {t('overdue', { count: overdue })}
        </button>
        <span aria-live="polite" className="text-ink-2 tabular-nums">
          {t('chosen', { count: chosen.size })}
          {tooMany !== undefined && <span className="ml-2 text-warn">{tooMany}</span>}
        </span>
        {chosen.size > 0 && (
          <Button look="ghost" onClick={() => setChosen(new Map())}>
            {t('clear')}
          </Button>
        )}
        <ReasonedButton
          look="danger"
          reason={may.reason ?? (chosen.size === 0 ? t('noneChosen') : tooMany)}
          onClick={() => setAsking(true)}
        >
          {t('delete', { count: chosen.size })}
        </ReasonedButton>
      </div>
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={copyKey}
        query={query}
        isMarked={(copy) => chosen.has(copyKey(copy))}
        empty={
          view.page > 1 && data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : view.overdue ? (
            <Empty
              title={t('noneOverdue')}
              action={<Button onClick={() => setView({ overdue: null, page: null })}>{c('clearFilters')}</Button>}
            />
          ) : (
            <Empty title={t('none')}>{t('noneText')}</Empty>
          )
        }
      />
      <Pager view={view} onChange={setView} total={data?.total} shown={rows.length} />
      {isAsking && (
        <DeleteCopies
          at={at}
          copies={[...chosen.values()]}
          onDone={({ deleted, failed }) => {
            const failures = failed.flatMap((each) => {
              const copy = chosen.get(copyKey(each))
              return copy ? [{ ...each, copy }] : []
            })
            setOutcome({ deleted, failures })
            // What is no copy any more is not in the list.
            const left = failures.filter(({ code }) => code !== 'job_unknown')
            setChosen(new Map(left.map(({ copy }) => [copyKey(copy), copy])))
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

function DeleteCopies({
  at,
  copies,
  onDone,
  onClose,
}: {
  at: InstanceLocation
  copies: readonly Copy[]
  onDone: (answer: ConsoleOutput<'archiveCopyDelete'>) => void
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.archive')
  const bytes = useBytes()
  const remove = useApiWrite('archiveCopyDelete', { stale: ['archiveCopyList', 'retentionRunImageList'] })
  return (
    <Confirm
      title={t('deleteTitle', { count: copies.length })}
      act={{ label: t('delete', { count: copies.length }), look: 'danger' }}
      mutation={remove}
      onConfirm={() =>
        remove.mutate(
          { params: instanceParams(at), body: { copies: copies.map(({ run, index }) => ({ run, index })) } },
          { onSuccess: onDone },
        )
      }
      onClose={onClose}
    >
      <p>{t('deleteText', { count: copies.length, size: bytes(copies.reduce((sum, { size }) => sum + size, 0)) })}</p>
    </Confirm>
  )
}
