'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { Run } from '@/lib/contract/swr/runs'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'

/** On the run of a short-lived policy: of what it is a part. */
export function RunParent({ at, parent }: { at: InstanceLocation; parent: NonNullable<Run['parent']> }) {
  const t = useTranslations('partialRun.parent')
  const { policy, execution } = parent
  const params = { instance_id: at.instance, policy_id: String(policy) }
  const { data } = useQuery(apiQuery('replicationShow', { params: { connection: at.connection, ...params } }))
  return (
    <Note tone="info" className="mb-4">
      {t.rich('text', {
        what: execution === null ? 'chosen' : 'again',
        policy: () => (
          <Link
            href={routes.replicationPolicy(at, policy)}
            prefetch={false}
            className="inline-flex min-h-6 items-center text-ink underline"
          >
            {data?.name ?? `#${policy}`}
          </Link>
        ),
        run: () =>
          execution !== null && (
            <Link
              href={routes.replicationRun(at, policy, execution)}
              prefetch={false}
              className="inline-flex min-h-6 items-center text-ink underline"
            >
              {t('run', { id: String(execution) })}
            </Link>
          ),
      })}
    </Note>
  )
}
