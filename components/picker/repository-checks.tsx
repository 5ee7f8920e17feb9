'use client'

import { useQueries } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { swrQuery } from '@/lib/query/client'
import { pickerPages } from '@/lib/query/queries'
import type { InstanceAt } from '@/lib/routes'

/** The repositories of one namespace, page by page; `filter` narrows what is loaded. */
export function RepositoryChecks({
  at,
  namespace,
  filter,
  picked,
  onChange,
}: {
  at: InstanceAt
  namespace: string
  filter: string
  picked: readonly string[]
  onChange: (repositories: string[]) => void
}) {
  const t = useTranslations('replicationForm')
  const [shown, setShown] = useState(1)
  const params = { instance_id: at.instance, namespace_name: namespace }
  const loaded = useQueries({
    queries: pickerPages(shown).map((query) => swrQuery(at.connection, 'namespaceRepositoryList', { params, query })),
  })
  const failed = loaded.find((page) => page.error && !page.data)
  const waiting = loaded.some((page) => page.isPending)
  const rows = loaded.flatMap((page) => page.data?.repositories ?? [])
  const total = loaded[0]?.data?.total ?? rows.length
  const names = rows.flatMap(({ name }) => (name ? `${namespace}/${name}` : []))
  const fitting = [...new Set(names)].filter((name) => name.toLowerCase().includes(filter.trim().toLowerCase()))
  const toggle = (name: string, on: boolean) =>
    onChange(on ? [...picked, name] : picked.filter((each) => each !== name))
  return (
    <div className="mt-3">
      {fitting.length > 0 && (
        <ul className="max-h-72 overflow-y-auto rounded-md border border-line bg-surface">
          {fitting.map((name) => (
            <li key={name} className="border-line border-t first:border-t-0">
              <label htmlFor={`pick-${name}`} className="flex items-center gap-2 px-2.5 py-1.5 hover:bg-sunken">
                <Checkbox
                  id={`pick-${name}`}
                  checked={picked.includes(name)}
                  onChange={(event) => toggle(name, event.target.checked)}
                />
                <span className="min-w-0 font-mono text-xs wrap-anywhere">{name}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {waiting && <Skeleton className="mt-2 w-48" />}
      {!waiting && !failed && fitting.length === 0 && (
        <p className="text-ink-2">{t(rows.length === 0 ? 'noRepositories' : 'noneFits')}</p>
      )}
      {failed && <ProblemPanel error={failed.error} retry={() => failed.refetch()} />}
      <div className="mt-2 flex flex-wrap items-center gap-2 text-ink-3 text-xs">
        {!waiting && <span>{t('loaded', { loaded: rows.length, total })}</span>}
        {rows.length < total && !waiting && !failed && (
          <Button onClick={() => setShown(shown + 1)}>{t('moreRepositories')}</Button>
        )}
      </div>
    </div>
  )
}
