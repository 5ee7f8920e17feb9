'use client'

import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Status, type StatusKind } from '@/components/ui/status'
import type { Instance } from '@/lib/contract/swr/instance'
import { apiQuery } from '@/lib/query/client'
import { allInstances } from '@/lib/query/queries'
import { routes } from '@/lib/routes'

interface Shown {
  readonly id: string
  readonly name: string
  readonly region: string
}

/** Every connection with its instances; a connection that cannot be reached shows why in its own place. */
export function ConnectionList({ connections }: { connections: readonly Shown[] }) {
  return (
    <div className="flex flex-col gap-8">
      {connections.map((connection) => (
        <ConnectionPart key={connection.id} connection={connection} />
      ))}
    </div>
  )
}

function ConnectionPart({ connection }: { connection: Shown }) {
  const t = useTranslations('instance')
  const instances = useQuery(apiQuery('instanceList', allInstances(connection.id)))
  const columns = useInstanceColumns(connection.id)
  return (
    <section aria-labelledby={`connection-${connection.id}`}>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <h2 id={`connection-${connection.id}`}>{connection.name}</h2>
        <span className="text-ink-3">{t('connection.region', { region: connection.region })}</span>
        <span className="flex-1" />
        <Link href={routes.sync(connection.id)} prefetch={false} className={buttonClass()}>
          <RefreshCw aria-hidden size={14} />
          {t('connection.sync')}
        </Link>
      </div>
      <ResourceTable
        label={`${connection.name}: ${t('connection.instances')}`}
        columns={columns}
        rows={instances.data?.instances ?? []}
        rowId={(instance, index) => instance.id ?? `unreadable-${index}`}
        query={{ ...instances, isPlaceholderData: false }}
        empty={<Empty title={t('connection.none')} />}
      />
    </section>
  )
}

const statusKinds: Record<string, StatusKind> = { Running: 'ok', Creating: 'busy', Initial: 'busy', Unavailable: 'bad' }
const knownStatus = (status: string) =>
  (['Running', 'Creating', 'Initial', 'Unavailable'] as const).find((known) => known === status)

function useInstanceColumns(connection: string): Column<Instance>[] {
  const t = useTranslations('instance')
  const c = useTranslations('common')
  return [
    {
      id: 'name',
      header: t('column.name'),
      cell: ({ id, name, description }) =>
        id === undefined ? (
          <span className="text-ink-3">{c('unreadableRow')}</span>
        ) : (
          <>
            <Link
              href={routes.instance({ connection, instance: id })}
              prefetch={false}
              className="font-medium wrap-anywhere hover:text-accent hover:underline"
            >
              {name ?? id}
            </Link>
            {description && <small className="block text-ink-3 text-xs wrap-anywhere">{description}</small>}
          </>
        ),
    },
    {
      id: 'status',
      header: t('column.status'),
      cell: ({ status }) => {
        if (status === undefined) return null
        const known = knownStatus(status)
        return <Status kind={statusKinds[status] ?? 'off'}>{known ? t(`status.${known}`) : status}</Status>
      },
    },
    {
      id: 'address',
      header: t('column.address'),
      className: 'font-mono text-xs text-ink-2 wrap-anywhere',
      cell: ({ access_address }) => access_address,
    },
    {
      id: 'created',
      header: t('column.created'),
      labelled: true,
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ created_at }) => <Ago time={created_at} />,
    },
  ]
}
