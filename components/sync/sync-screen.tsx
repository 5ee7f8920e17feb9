'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Empty } from '@/components/ui/empty'
import { apiQuery } from '@/lib/query/client'
import { allOrganizations, syncAddress } from './search-params'
import { SyncForm } from './sync-form'

/** Manual sync of the Basic Edition. Without organizations it says why: none there, none allowed, none to be had. */
export function SyncScreen({ connection }: { connection: string }) {
  const t = useTranslations('sync')
  const [at, setAt] = useQueryStates(syncAddress, { history: 'push' })
  const organizations = useQuery(apiQuery('organizationList', allOrganizations(connection)))
  const listed = organizations.data?.namespaces.flatMap(({ name }) => name ?? []) ?? []
  // A link may name an organization that is gone or not listed: the form still says what it asks about.
  const isUnlisted = at.organization !== '' && !listed.includes(at.organization)
  return (
    <>
      {organizations.error && (
        <div className="mb-4">
          <ProblemPanel error={organizations.error} retry={() => organizations.refetch()} />
        </div>
      )}
      {organizations.isSuccess && listed.length === 0 && !isUnlisted ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={t('empty.title')}>{t('empty.text')}</Empty>
        </div>
      ) : organizations.error && !organizations.data && !isUnlisted ? (
        <p className="text-ink-2">{t('unreachable')}</p>
      ) : (
        <SyncForm
          connection={connection}
          at={at}
          organizations={isUnlisted ? [at.organization, ...listed] : listed}
          onSource={setAt}
        />
      )}
    </>
  )
}
