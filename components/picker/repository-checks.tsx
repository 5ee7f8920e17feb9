'use client'

import { useQueries } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { apiQuery } from '@/lib/query/client'
import { pickerPages } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

/**
 * The repositories of one namespace, page by page; `filter` narrows what is loaded. What is picked and is gone can still be
 * unpicked.
 */
export function RepositoryChecks({
  at,
  namespace,
  qualified,
  filter,
  picked,
  onChange,
}: {
  at: InstanceLocation
  namespace: string
  /** Whether repositories are named with their namespace, `library/nginx`. */
  qualified: boolean
  filter: string
  picked: readonly string[]
  onChange: (repositories: string[]) => void
}) {
  const t = useTranslations('replicationForm')
  const [shown, setShown] = useState(1)
  const params = { instance_id: at.instance, namespace_name: namespace }
  const loaded = useQueries({
    queries: pickerPages(shown).map((query) =>
      apiQuery('namespaceRepositoryList', { params: { connection: at.connection, ...params }, query }),
    ),
  })
  const failed = loaded.find((page) => page.error && !page.data)
  const waiting = loaded.some((page) => page.isPending)
  const rows = loaded.flatMap((page) => page.data?.repositories ?? [])
  const total = loaded[0]?.data?.total ?? rows.length
  const prefix = qualified ? `${namespace}/` : ''
  const tagsOf = new Map(rows.flatMap(({ name, tag_count }) => (name ? [[prefix + name, tag_count] as const] : [])))
  const wanted = filter.trim().toLowerCase()
  const fitting = [...tagsOf].filter(([name]) => name.toLowerCase().includes(wanted))
  const isComplete = !waiting && !failed && rows.length >= total
  const gone = isComplete ? picked.filter((name) => name.startsWith(prefix) && !tagsOf.has(name)) : []
  const toggle = (name: string, on: boolean) =>
    onChange(on ? [...picked, name] : picked.filter((each) => each !== name))
  return (
    <div className="mt-3">
      {fitting.length > 0 && (
        <ul
          aria-label={t('repositories')}
          className="max-h-72 overflow-y-auto rounded-md border border-line bg-surface"
        >
          {fitting.map(([name, tags]) => (
            <Row key={name} name={name} tags={tags} checked={picked.includes(name)} onToggle={toggle} />
          ))}
        </ul>
      )}
      {gone.length > 0 && (
        <>
          <p className="mt-2 text-warn text-xs">{t('pickedGone')}</p>
          <ul className="rounded-md border border-line bg-surface">
            {gone.map((name) => (
              <Row key={name} name={name} tags={undefined} checked onToggle={toggle} />
            ))}
          </ul>
        </>
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

function Row({
  name,
  tags,
  checked,
  onToggle,
}: {
  name: string
  tags: number | undefined
  checked: boolean
  onToggle: (name: string, on: boolean) => void
}) {
  const t = useTranslations('replicationForm')
  const id = useId()
  return (
    <li className="flex items-center gap-2 border-line border-t px-2.5 hover:bg-sunken first:border-t-0">
      <Checkbox id={id} checked={checked} onChange={(event) => onToggle(name, event.target.checked)} />
      <label htmlFor={id} className="min-w-0 flex-1 py-1.5 font-mono text-xs wrap-anywhere">
        {name}
      </label>
      {tags !== undefined && <span className="text-ink-3 text-xs tabular-nums">{t('tagCount', { count: tags })}</span>}
    </li>
  )
}
