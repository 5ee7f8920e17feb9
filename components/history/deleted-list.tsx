'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { GatedLink } from '@/components/shell/permission-button'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { Empty } from '@/components/ui/empty'
import type { Revision } from '@/lib/contract/console/schemas'
import type { PolicyKind } from '@/lib/contract/vocabulary'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { deletedInput, pageOfDeleted } from './queries'

/** Policies that are gone, by the last version that the console knows; each can be made again. */
export function DeletedPolicies({ at, kind }: { at: InstanceLocation; kind: PolicyKind }) {
  const t = useTranslations('history')
  const format = useFormatter()
  const gone = useQuery(apiQuery('deletedList', deletedInput(at, kind)))
  const recreate = kind === 'replication' ? routes.replicationRecreate : routes.retentionRecreate
  const columns: Column<Revision>[] = [
    {
      id: 'name',
      header: t('deleted.name'),
      cell: (revision) => {
        const page = pageOfDeleted(at, kind, revision)
        return (
          <>
            {page === null ? (
              <span className="font-medium wrap-anywhere">{revision.name}</span>
            ) : (
              <Link
                href={page}
                prefetch={false}
                className="font-medium wrap-anywhere hover:text-accent hover:underline"
              >
                {revision.name}
              </Link>
            )}{' '}
            <span className="text-ink-3">#{revision.objectId}</span>
          </>
        )
      },
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
        <GatedLink operation={`${kind}Create`} href={recreate(at, objectId)}>
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
