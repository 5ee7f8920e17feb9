'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Confirm } from '@/components/shell/confirm'
import { CopyButton } from '@/components/shell/copy-button'
import { PageHeader } from '@/components/shell/page-header'
import { GatedButton } from '@/components/shell/permission-button'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { Note } from '@/components/ui/alert'
import { Empty } from '@/components/ui/empty'
import { notify } from '@/components/ui/toast-store'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import { type Cluster, useClusterColumns } from './columns'
import { inUseReads } from './stale-reads'

const SendList = dynamic(() => import('./send-list').then((module) => module.SendList), { ssr: false })

/** What runs in clusters: retention does not delete it while the list of the cluster is believed. */
export function InUsePage({ origin }: { origin: string }) {
  const t = useTranslations('inUse')
  const [sending, setSending] = useState<{ cluster: string } | null>(null)
  const [deleting, setDeleting] = useState<Cluster | null>(null)
  const query = useQuery(apiQuery('inUseList', { params: {} }))
  const columns = useClusterColumns({ onSend: (cluster) => setSending({ cluster }), onDelete: setDeleting })
  return (
    <>
      <PageHeader
        crumbs={[]}
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Refresh at={query.dataUpdatedAt} busy={query.isFetching} onRefresh={() => query.refetch()} />
            <GatedButton operation="inUsePut" look="primary" onClick={() => setSending({ cluster: '' })}>
              {t('add')}
            </GatedButton>
          </>
        }
      />
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={query.data?.clusters ?? []}
        rowId={({ cluster }) => cluster}
        query={query}
        empty={<Empty title={t('none')}>{t('noneText')}</Empty>}
      />
      <Pipeline origin={origin} />
      {sending && <SendList cluster={sending.cluster} onClose={() => setSending(null)} />}
      {deleting && <DeleteCluster cluster={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

/** How a cluster tells it by itself. */
function Pipeline({ origin }: { origin: string }) {
  const t = useTranslations('inUse')
  const command = `kubectl get pods -A -o json | curl --fail-with-body -X PUT -H "Authorization: Bearer $CONSOLE_TOKEN" -H "Content-Type: application/json" --data-binary @- "${origin}/api/v1/in-use/$CLUSTER"`
  return (
    <section aria-labelledby="pipeline" className="mt-6">
      <h2 id="pipeline" className="mb-1">
        {t('pipeline')}
      </h2>
      <p className="mb-2 text-ink-2">{t('pipelineText')}</p>
      <Note tone="info" className="flex flex-wrap items-start gap-3">
        <code className="min-w-0 flex-1 basis-80 select-all font-mono text-ink text-xs wrap-anywhere">{command}</code>
        <CopyButton text={command} />
      </Note>
    </section>
  )
}

function DeleteCluster({ cluster: { cluster, images }, onClose }: { cluster: Cluster; onClose: () => void }) {
  const t = useTranslations('inUse')
  const remove = useApiWrite('inUseDelete', { stale: inUseReads })
  return (
    <Confirm
      title={t('deleteTitle', { cluster })}
      act={{ label: t('deleteAct'), look: 'danger' }}
      mutation={remove}
      onConfirm={() =>
        remove.mutate(
          { params: { cluster } },
          {
            onSuccess: () => {
              notify({ tone: 'ok', text: t('deleted', { cluster }) })
              onClose()
            },
          },
        )
      }
      onClose={onClose}
    >
      <p>{t('deleteText', { count: images })}</p>
    </Confirm>
  )
}
