'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Status } from '@/components/ui/status'
import { problemOf } from '@/lib/contract/problem'
import { readHealth } from '@/lib/policy/runs/status'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'
import { Quotas } from './quotas'

/** What needs attention first, then how much of the quotas is used. */
export function Overview({ at }: { at: InstanceLocation }) {
  const t = useTranslations('instance')
  const statistics = useQuery(
    apiQuery('instanceStatistics', { params: { connection: at.connection, instance_id: at.instance } }),
  )
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  const unhealthy = (registries.data?.registries ?? []).filter(({ status }) => readHealth(status) === 'unhealthy')
  const [one, other] = [statistics.error, registries.error].map((error) => error && problemOf(error))
  // Both ask the same SWR: what keeps it from answering is said once.
  if (one && one.code === other?.code) {
    const again = () => Promise.all([statistics.refetch(), registries.refetch()])
    return <ProblemPanel error={one} retry={again} />
  }
  return (
    <div className="flex flex-col gap-6">
      <section aria-labelledby="attention">
        <h2 id="attention" className="mb-2">
          {t('attention')}
        </h2>
        {registries.error ? (
          <ProblemPanel error={registries.error} retry={() => registries.refetch()} />
        ) : (
          <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
            {unhealthy.map(({ id, name }) => (
              <li key={id} className="flex flex-wrap items-center gap-3 px-3 py-2">
                <Status kind="bad">{t('unhealthy', { name: name ?? `#${id}` })}</Status>
                {id !== undefined && (
                  <Link href={routes.replicationOf(at, id)} prefetch={false} className="underline hover:text-accent">
                    {t('policies')}
                  </Link>
                )}
              </li>
            ))}
            {registries.data && unhealthy.length === 0 && (
              <li className="px-3 py-2">
                {registries.data.registries.length > 0 ? (
                  <Status kind="ok">{t('allWell')}</Status>
                ) : (
                  <Status kind="off">{t('noRegistries')}</Status>
                )}
              </li>
            )}
          </ul>
        )}
      </section>
      <section aria-labelledby="quota">
        <h2 id="quota" className="mb-2">
          {t('quota')}
        </h2>
        {statistics.error ? (
          <ProblemPanel error={statistics.error} retry={() => statistics.refetch()} />
        ) : (
          <Quotas statistics={statistics.data} />
        )}
      </section>
    </div>
  )
}
