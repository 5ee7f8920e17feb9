'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { Section } from '@/components/form/section'
import { ProblemPanel } from '@/components/shell/error-panel'
import { RetryKey } from '@/components/shell/retry-key'
import { Chip } from '@/components/ui/code'
import { Status } from '@/components/ui/status'
import type { ConnectionState } from '@/lib/contract/console/schemas'
import { apiQuery } from '@/lib/query/client'

const kinds = { accepted: 'ok', waiting: 'warn', stopped: 'bad' } as const

/** Connections as the console sees them, and whether SWR accepts their keys: no keys, no endpoints of the inside. */
export function ConnectionTable() {
  const t = useTranslations('settings')
  const { data, error, refetch } = useQuery(apiQuery('connectionList', { params: {} }))
  return (
    <Section title={t('connections')} lead={t('connectionsText')}>
      {error && <ProblemPanel error={error} retry={() => refetch()} />}
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
        {data?.connections.map((connection) => (
          <li key={connection.id} className="px-3 py-2">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">{connection.name}</span>
              <Chip>{connection.id}</Chip>
              {connection.region !== connection.name && <span className="text-ink-2">{connection.region}</span>}
              <Status kind={kinds[connection.key]}>{t(`key.${connection.key}`)}</Status>
            </div>
            {connection.key !== 'accepted' && <Refused connection={connection} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Refused({ connection: { id, key, refusals, retryAt, code } }: { connection: ConnectionState }) {
  const p = useTranslations('problem')
  const format = useFormatter()
  return (
    <div className="mt-1.5 text-sm">
      {code && <p className="font-medium">{p(`${code}.title`)}</p>}
      <p>{key === 'stopped' ? p('key.stopped', { count: refusals }) : p('key.waits')}</p>
      {retryAt && (
        <p className="tabular-nums">
          <time dateTime={retryAt}>
            {format.dateTime(new Date(retryAt), { dateStyle: 'medium', timeStyle: 'medium' })}
          </time>
        </p>
      )}
      <div className="mt-2">
        <RetryKey connection={id} />
      </div>
    </div>
  )
}
