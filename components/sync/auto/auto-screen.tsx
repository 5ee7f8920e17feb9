'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useId, useState } from 'react'
import { useCan } from '@/components/context/actor'
import { ProblemPanel } from '@/components/shell/error-panel'
import { PageHeader } from '@/components/shell/page-header'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Refresh } from '@/components/table/refresh'
import { Note } from '@/components/ui/alert'
import { Empty } from '@/components/ui/empty'
import { Select } from '@/components/ui/input'
import type { AutoSyncRule } from '@/lib/contract/console/auto-sync'
import { apiQuery } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { allOrganizations } from '../search-params'
import { SyncTabs } from '../tabs'
import { RuleResults } from './rule-results'
import { RuleTable } from './rule-table'
import { autoAddress, rulesInput } from './search-params'
import { useCreateRules } from './use-create-rules'

const NewRules = dynamic(() => import('./new-rules').then((module) => module.NewRules))
const DeleteRule = dynamic(() => import('./delete-rule').then((module) => module.DeleteRule))
const RuleRuns = dynamic(() => import('./rule-runs').then((module) => module.RuleRuns))

/** Rules of automatic sync over all repositories of an organization. */
export function AutoScreen({ connection }: { connection: string }) {
  const t = useTranslations('sync')
  const a = useTranslations('sync.auto')
  const id = useId()
  const [view, setView] = useQueryStates(autoAddress, { history: 'push' })
  const [creating, setCreating] = useState(false)
  const [deleting, setDeleting] = useState<AutoSyncRule | null>(null)
  const { organization, runs } = view
  const organizations = useQuery(apiQuery('organizationList', allOrganizations(connection)))
  const agency = useQuery(apiQuery('agencyShow', { params: { connection } }))
  const rules = useQuery({
    ...apiQuery('autoSyncRuleList', rulesInput(connection, organization)),
    enabled: organization !== '',
  })
  const creation = useCreateRules(connection)
  const [hasCreated, setCreated] = useState(false)
  const can = useCan('autoSyncCreate')
  const listed = organizations.data?.namespaces.flatMap(({ name }) => name ?? []) ?? []
  const names = organization === '' || listed.includes(organization) ? listed : [organization, ...listed]
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: routes.sync(connection) }]}
        title={t('tabs.auto')}
        lead={a('lead')}
        actions={
          organization !== '' && (
            <>
              <Refresh at={rules.dataUpdatedAt} busy={rules.isFetching} onRefresh={() => rules.refetch()} />
              <ReasonedButton
                look="primary"
                reason={can.reason ?? (creation.batch?.running ? a('newWait') : undefined)}
                onClick={() => setCreating(true)}
              >
                {a('new')}
              </ReasonedButton>
            </>
          )
        }
      />
      <SyncTabs connection={connection} />
      {agency.data?.is_agency === false && (
        <Note tone="warn" className="mb-3">
          {a('agency')}
        </Note>
      )}
      {organizations.error && (
        <div className="mb-3">
          <ProblemPanel error={organizations.error} retry={() => organizations.refetch()} />
        </div>
      )}
      <div className="mb-4 max-w-sm">
        <label htmlFor={id} className="mb-1 block w-fit font-medium">
          {t('organization.label')}
        </label>
        <Select
          id={id}
          value={organization}
          onChange={({ target }) => setView({ organization: target.value, page: null, q: null, runs: null })}
        >
          <option value="">{t('organization.choose')}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      {creation.batch && (
        <RuleResults connection={connection} creation={creation} batch={creation.batch} takesFocus={hasCreated} />
      )}
      {organization === '' ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={a('chooseTitle')}>{a('chooseText')}</Empty>
        </div>
      ) : (
        <RuleTable
          query={rules}
          view={view}
          onView={setView}
          onDelete={setDeleting}
          onRuns={(repository) => setView({ runs: repository, runsPage: null })}
        />
      )}
      {creating && rules.data && (
        <NewRules
          connection={connection}
          organization={organization}
          repositories={rules.data.repositories}
          onCreate={(target, repositories) => {
            setCreating(false)
            setCreated(true)
            void creation.create(organization, target, repositories)
          }}
          onClose={() => setCreating(false)}
        />
      )}
      {deleting && (
        <DeleteRule
          connection={connection}
          organization={organization}
          rule={deleting}
          onClose={() => setDeleting(null)}
        />
      )}
      {runs !== null && organization !== '' && (
        <RuleRuns
          connection={connection}
          organization={organization}
          repository={runs}
          page={view.runsPage}
          onPage={(runsPage) => setView({ runsPage })}
          onClose={() => setView({ runs: null, runsPage: null })}
        />
      )}
    </>
  )
}
