'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Empty } from '@/components/ui/empty'
import { Segmented } from '@/components/ui/segmented'
import { apiQuery } from '@/lib/query/client'
import { allOrganizations, collectWays, syncAddress } from '../search-params'
import { Pick } from './pick'
import type { BasketStore } from './use-basket'

const Paste = dynamic(() => import('./paste').then((module) => module.Paste))
const PatternSearch = dynamic(() => import('./pattern-search').then((module) => module.PatternSearch))

/** The three ways into the basket: pick, search by pattern, paste. */
export function Collect({ connection, store }: { connection: string; store: BasketStore }) {
  const t = useTranslations('sync')
  const [at, setAt] = useQueryStates(syncAddress, { history: 'push' })
  const organizations = useQuery(apiQuery('organizationList', allOrganizations(connection)))
  const listed = organizations.data?.namespaces.flatMap(({ name }) => name ?? []) ?? []
  // A link may name an organization that is gone or not listed.
  const isUnlisted = at.organization !== '' && !listed.includes(at.organization)
  return (
    <section aria-labelledby="collect" className="flex min-w-0 flex-col gap-3">
      <h2 id="collect">{t('collect.title')}</h2>
      <div>
        <Segmented
          name="collect-way"
          labelledBy="collect"
          value={at.add}
          options={collectWays.map((way) => ({ value: way, label: t(`collect.way.${way}`) }))}
          onChange={(add) => setAt({ add })}
        />
      </div>
      {organizations.error && <ProblemPanel error={organizations.error} retry={() => organizations.refetch()} />}
      {at.add === 'paste' ? (
        <Paste connection={connection} store={store} />
      ) : at.add === 'pattern' ? (
        <PatternSearch key={`${at.organization}/${at.repository}`} connection={connection} at={at} store={store} />
      ) : organizations.isSuccess && listed.length === 0 && !isUnlisted ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={t('empty.title')}>{t('empty.text')}</Empty>
        </div>
      ) : (
        <Pick
          connection={connection}
          at={at}
          organizations={isUnlisted ? [at.organization, ...listed] : listed}
          store={store}
          onChoose={setAt}
        />
      )}
    </section>
  )
}
