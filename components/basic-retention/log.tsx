'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Empty } from '@/components/ui/empty'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { readLoggedRule } from '@/lib/policy/basic-retention/logged-rule'
import { apiQuery } from '@/lib/query/client'
import { type BasicPlace, logInput, logSize } from './queries'
import { RuleText } from './rule-text'

type Row = ConsoleOutput<'basicRetentionLogShow'>['rows'][number]

/** What the rule has deleted; SWR keeps it for about three months. */
export function RetentionLog({
  place,
  page,
  onPage,
}: {
  place: BasicPlace
  page: number
  onPage: (page: number) => void
}) {
  const t = useTranslations('basicRetention')
  const c = useTranslations('common')
  const query = useQuery({
    ...apiQuery('basicRetentionLogShow', logInput(place, page)),
    placeholderData: keepPreviousData,
  })
  const columns: Column<Row>[] = [
    {
      id: 'tag',
      header: t('column.tag'),
      className: 'font-mono text-sm wrap-anywhere',
      rowHeader: true,
      cell: ({ tag }) => tag,
    },
    {
      id: 'rule',
      header: t('column.rule'),
      labelled: true,
      className: 'wrap-anywhere',
      cell: ({ rule }) => <LoggedRule text={rule} />,
    },
    {
      id: 'at',
      header: t('column.at'),
      labelled: true,
      width: '@table:w-40',
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ at }) => <Ago time={at ?? undefined} />,
    },
  ]
  const last = query.data ? Math.max(Math.ceil(query.data.total / logSize), 1) : 1
  return (
    <section aria-labelledby="log">
      <h2 id="log" className="mb-1">
        {t('log')}
      </h2>
      <p className="mb-2 text-ink-2">{t('logLead')}</p>
      <ResourceTable
        label={t('log')}
        columns={columns}
        rows={query.data?.rows ?? []}
        rowId={({ tag, at }, index) => `${tag} ${at} ${index}`}
        query={query}
        empty={page > 1 ? <Empty title={c('pager.pastEnd')} /> : <Empty title={t('logNone')} />}
      />
      {last > 1 && (
        <div className="flex flex-wrap items-center justify-end gap-3 py-2.5">
          <span className="mr-auto text-ink-3 text-sm tabular-nums">{t('page', { page, last })}</span>
          <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {c('pager.previous')}
          </Button>
          <Button disabled={page >= last} onClick={() => onPage(page + 1)}>
            {c('pager.next')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** The rule that deleted, in words; what we cannot read, as SWR wrote it. */
function LoggedRule({ text }: { text: string }) {
  const rule = readLoggedRule(text)
  return rule ? <RuleText rule={rule} /> : text && <Chip>{text}</Chip>
}
