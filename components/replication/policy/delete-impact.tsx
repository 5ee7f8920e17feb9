'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { Note } from '@/components/ui/alert'
import type { Replication } from '@/lib/contract/swr/replication'
import { describeReplication } from '@/lib/policy/replication/describe'
import { remoteOf } from '@/lib/policy/replication/request'
import { outcomeOf } from '@/lib/policy/runs/status'
import { nextRuns } from '@/lib/policy/schedule/schedule'
import { apiQuery } from '@/lib/query/client'
import { allRegistries, latestRuns } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'

/** What ends with a policy, what is under way, and who else copies between the same two. */
export function DeleteEffects({ at, policy }: { at: InstanceLocation; policy: Replication }) {
  const t = useTranslations('policyPage')
  const { registry, name } = remoteOf(policy)
  const runs = useQuery({
    ...apiQuery('executionList', latestRuns(at, String(policy.id ?? 0))),
    staleTime: 0,
  })
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  const others = useQuery({
    ...apiQuery('replicationList', {
      params: { connection: at.connection, instance_id: at.instance },
      query: { offset: 0, limit: 20, registry_id: registry ?? 0 },
    }),
    enabled: registry !== undefined,
  })
  const moving = (runs.data?.executions ?? []).filter((run) => outcomeOf(run) === 'running').length
  const shown = (others.data?.policies ?? []).filter(({ id }) => id !== policy.id)
  const total = Math.max(shown.length, (others.data?.total ?? 1) - 1)
  const remote = registries.data?.registries.find(({ id }) => id === registry)?.name ?? name ?? t('remove.registry')
  const unread = (runs.error && !runs.data) || (others.error && !others.data)
  return (
    <div className="mt-2 flex flex-col gap-2">
      <p>
        <Stops policy={policy} remote={remote} />
      </p>
      {moving > 0 && <Note tone="warn">{t('remove.running', { count: moving })}</Note>}
      {(runs.isPending || (others.isPending && registry !== undefined)) && (
        <p className="text-ink-3">{t('remove.looking')}</p>
      )}
      {unread && <Note tone="warn">{t('remove.unread')}</Note>}
      {others.data && total === 0 && <p>{t('remove.alone', { registry: remote })}</p>}
      {total > 0 && (
        <div>
          <p>{t('remove.others', { count: total, registry: remote })}</p>
          <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
            {shown.slice(0, 5).map(({ id, name: other }, index) => (
              <li key={id ?? `unreadable-${index}`}>
                {id === undefined ? (
                  '—'
                ) : (
                  <Link
                    href={routes.replicationPolicy(at, id)}
                    prefetch={false}
                    className="underline hover:text-accent"
                  >
                    {other ?? `#${id}`}
                  </Link>
                )}
              </li>
            ))}
            {total > 5 && <li className="text-ink-3">{t('remove.more', { count: total - 5 })}</li>}
          </ul>
        </div>
      )}
    </div>
  )
}

function Stops({ policy, remote }: { policy: Replication; remote: string }) {
  const t = useTranslations('policyPage')
  const format = useFormatter()
  const now = useNow(60_000)
  if (policy.enabled === false) return t('remove.off')
  const { when } = describeReplication(policy)
  const [next] = when === 'scheduled' ? nextRuns(policy.trigger?.trigger_settings?.cron ?? '', now, 1) : []
  return t('remove.stops', {
    when: when === 'scheduled' && !next ? 'never' : when,
    next: next ? format.dateTime(next, { dateStyle: 'medium', timeStyle: 'short' }) : '',
    registry: remote,
  })
}
