'use client'

import clsx from 'clsx'
import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Ago } from '@/components/shell/relative-time'
import { SearchField } from '@/components/table/search-field'
import { Empty } from '@/components/ui/empty'
import type { BasicRepository } from '@/lib/contract/swr/basic'
import { apiQuery } from '@/lib/query/client'
import { PickList, pickRowClass } from '../../picker/pick-list'
import type { Source } from '../../picker/queries'
import { usePages } from '../../picker/use-pages'
import { repositoriesInput } from '../search-params'

/** Repositories of an organization, found by name; one of them is open. */
export function Repositories({
  connection,
  at,
  onChoose,
}: {
  connection: string
  at: Source
  onChoose: (repository: string) => void
}) {
  const t = useTranslations('sync')
  const [search, setSearch] = useState('')
  const pages = usePages(search, (page) =>
    apiQuery('basicRepositoryList', repositoriesInput(connection, at.organization, page, search)),
  )
  const rows: readonly BasicRepository[] = pages.rows
  // A link may name a repository that is not among the first, or that the search leaves out.
  const isElsewhere = at.repository !== '' && !pages.query.isPending && !rows.some(({ name }) => name === at.repository)
  return (
    <div className="flex flex-col gap-2">
      <SearchField value={search} onSearch={setSearch} />
      {isElsewhere && (
        <p className="flex items-center gap-2 font-mono text-accent text-xs wrap-anywhere">
          <Check aria-hidden size={14} className="shrink-0" />
          {at.repository}
          <span className="font-sans text-ink-3">{t('repository.chosen')}</span>
        </p>
      )}
      <PickList
        label={t('repository.label')}
        pages={pages}
        shown={rows.length}
        empty={
          search ? (
            <Empty title={t('repository.filtered')} />
          ) : (
            <Empty title={t('repository.none')}>{t('repository.noneText')}</Empty>
          )
        }
      >
        {rows.map((row, index) => (
          <li key={row.name ?? `unreadable-${index}`} className={pickRowClass}>
            <Row row={row} isChosen={row.name === at.repository} onChoose={onChoose} />
          </li>
        ))}
      </PickList>
    </div>
  )
}

function Row({
  row: { name, num_images, updated_at },
  isChosen,
  onChoose,
}: {
  row: BasicRepository
  isChosen: boolean
  onChoose: (repository: string) => void
}) {
  const t = useTranslations('sync')
  const c = useTranslations('common')
  if (!name) return <p className="px-3 py-2 text-ink-3">{c('unreadableRow')}</p>
  return (
    <button
      type="button"
      aria-current={isChosen ? 'true' : undefined}
      onClick={() => onChoose(name)}
      className={clsx(
        'flex w-full flex-wrap items-center gap-x-3 px-3 py-2 text-left outline-offset-[-2px]',
        isChosen ? 'bg-accent-soft text-accent' : 'hover:bg-sunken',
      )}
    >
      {/* On a phone the name has a line of its own. */}
      <span className="flex min-w-0 basis-full items-center gap-x-3 @sm:flex-1 @sm:basis-0">
        <Check aria-hidden size={14} className={clsx('shrink-0', !isChosen && 'invisible')} />
        <span className="min-w-0 font-mono text-xs wrap-anywhere">{name}</span>
      </span>
      <span className={clsx('pl-6.5 text-xs tabular-nums @sm:pl-0', !isChosen && 'text-ink-3')}>
        {num_images !== undefined && t('repository.tags', { count: num_images })}
      </span>
      <span className={clsx('ml-auto w-28 text-right text-xs', !isChosen && 'text-ink-3')}>
        <Ago time={updated_at} />
      </span>
    </button>
  )
}
