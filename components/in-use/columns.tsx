'use client'

import { useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { GatedButton } from '@/components/shell/permission-button'
import { Ago, Until } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { Status } from '@/components/ui/status'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'

export type Cluster = ConsoleOutput<'inUseList'>['clusters'][number]

export function useClusterColumns({
  onSend,
  onDelete,
}: {
  onSend: (cluster: string) => void
  onDelete: (cluster: Cluster) => void
}): Column<Cluster>[] {
  const t = useTranslations('inUse')
  const now = useNow()
  return [
    {
      id: 'cluster',
      header: t('column.cluster'),
      className: 'wrap-anywhere font-medium',
      rowHeader: true,
      cell: ({ cluster }) => cluster,
    },
    {
      id: 'images',
      header: t('column.images'),
      labelled: true,
      width: '@table:w-28',
      className: 'tabular-nums',
      cell: ({ images }) => t('images', { count: images }),
    },
    {
      id: 'at',
      header: t('column.at'),
      labelled: true,
      width: '@table:w-36',
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ at }) => <Ago time={at} />,
    },
    {
      id: 'expires',
      header: t('column.expires'),
      labelled: true,
      width: '@table:w-44',
      cell: ({ expires }) =>
        new Date(expires) <= now ? (
          <>
            <Status kind="warn">{t('expired')}</Status>
            <small className="mt-px block text-ink-3 text-xs">{t('locks')}</small>
          </>
        ) : (
          <Until time={new Date(expires)} />
        ),
    },
    {
      id: 'by',
      header: t('column.by'),
      labelled: true,
      width: '@table:w-[20%]',
      className: 'text-ink-2 wrap-anywhere',
      cell: ({ actorName }) => actorName,
    },
    {
      id: 'acts',
      header: t('column.acts'),
      hiddenHeader: true,
      width: '@table:w-48',
      cell: (row) => (
        <span className="flex flex-wrap gap-2 @table:justify-end">
          <GatedButton
            operation="inUsePut"
            aria-label={t('updateOf', { cluster: row.cluster })}
            onClick={() => onSend(row.cluster)}
          >
            {t('update')}
          </GatedButton>
          <GatedButton
            operation="inUseDelete"
            look="danger"
            aria-label={t('deleteOf', { cluster: row.cluster })}
            onClick={() => onDelete(row)}
          >
            {t('delete')}
          </GatedButton>
        </span>
      ),
    },
  ]
}
