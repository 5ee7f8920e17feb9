'use client'

import { useQueries } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/input'
import { apiQuery } from '@/lib/query/client'
import { pickerPages } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { RepositoryChecks } from './repository-checks'

/** Namespace first, then its repositories; picks of other namespaces stay as they are. */
export function RepositoryPicker({
  at,
  picked,
  onChange,
}: {
  at: InstanceLocation
  picked: readonly string[]
  onChange: (repositories: string[]) => void
}) {
  const t = useTranslations('replicationForm')
  const [shown, setShown] = useState(1)
  const [namespace, setNamespace] = useState(picked[0]?.split('/')[0] ?? '')
  const [filter, setFilter] = useState('')
  const params = { instance_id: at.instance }
  const loaded = useQueries({
    queries: pickerPages(shown).map((query) =>
      apiQuery('namespaceList', { params: { connection: at.connection, ...params }, query }),
    ),
  })
  const failed = loaded.find((page) => page.error && !page.data)
  const waiting = loaded.some((page) => page.isPending)
  const rows = loaded.flatMap((page) => page.data?.namespaces ?? [])
  const listed = new Set(rows.flatMap(({ name }) => name ?? []).sort((a, b) => a.localeCompare(b)))
  // A namespace that was chosen stays in the list, also when it is on a page that is not loaded.
  if (namespace !== '') listed.add(namespace)
  return (
    <div className="mt-2 rounded-md border border-line bg-sunken p-3">
      {failed && <ProblemPanel error={failed.error} retry={() => failed.refetch()} />}
      <div className="grid gap-2 sm:grid-cols-2">
        <label htmlFor="picker-namespace">
          <span className="mb-1 block text-xs">{t('namespaceOf')}</span>
          <Select id="picker-namespace" value={namespace} onChange={(event) => setNamespace(event.target.value)}>
            <option value="">{t(waiting ? 'loading' : 'chooseNamespace')}</option>
            {[...listed].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </label>
        <label htmlFor="picker-filter">
          <span className="mb-1 block text-xs">{t('filterNames')}</span>
          <Input
            id="picker-filter"
            type="search"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            // Enter would send the form around it.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        </label>
      </div>
      {!waiting && rows.length < (loaded[0]?.data?.total ?? 0) && (
        <Button className="mt-2" onClick={() => setShown(shown + 1)}>
          {t('moreNamespaces')}
        </Button>
      )}
      {namespace !== '' && (
        <RepositoryChecks
          key={namespace}
          at={at}
          namespace={namespace}
          qualified
          filter={filter}
          picked={picked}
          onChange={onChange}
        />
      )}
    </div>
  )
}
