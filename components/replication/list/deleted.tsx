'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { deletedInput } from '@/components/history/queries'
import { GatedLink } from '@/components/shell/permission-button'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { Empty } from '@/components/ui/empty'
import type { Revision } from '@/lib/contract/console/schemas'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'

/** Policies that are gone, by the last version that the console knows; each can be made again. */
export function DeletedReplications({ at }: { at: InstanceLocation }) {
  const t = useTranslations('history')
  const format = useFormatter()
  const gone = useQuery(apiQuery('deletedList', deletedInput(at)))
  const columns: Column<Revision>[] = [
    {
      id: 'name',
      header: t('deleted.name'),
      cell: ({ name, objectId }) => (
        <>
          <Link
            href={routes.replicationPolicy(at, Number(objectId))}
            prefetch={false}
            className="font-medium wrap-anywhere hover:text-accent hover:underline"
          >
            {name}
          </Link>{' '}
          <span className="text-ink-3">#{objectId}</span>
        </>
      ),
    },
    {
      id: 'when',
      header: t('deleted.when'),
      cell: (revision) => (
        <>
          <time dateTime={revision.at}>
            {format.dateTime(new Date(revision.at), { dateStyle: 'medium', timeStyle: 'short' })}
          </time>
          <small className="block text-ink-3 text-xs wrap-anywhere">
            {revision.actorName ? t('source.deleted', { who: revision.actorName }) : t('source.deletedOutside')}
          </small>
        </>
      ),
    },
    {
      id: 'again',
      header: t('act'),
      hiddenHeader: true,
      width: '@table:w-44',
      className: '@table:text-right',
      cell: ({ objectId, name }) => (
        <GatedLink operation="replicationCreate" href={routes.replicationRecreate(at, objectId)}>
          {t('deleted.again')}
          <span className="sr-only"> ({name})</span>
        </GatedLink>
      ),
    },
  ]
  return (
    <ResourceTable
      label={t('deleted.title')}
      columns={columns}
      rows={gone.data?.revisions ?? []}
      rowId={({ id }) => String(id)}
      query={gone}
      empty={<Empty title={t('deleted.empty')}>{t('deleted.emptyText')}</Empty>}
    />
  )
}
