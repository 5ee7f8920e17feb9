'use client'

import { useQueries } from '@tanstack/react-query'
import clsx from 'clsx'
import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { Replication } from '@/lib/contract/swr/replication'
import { policyMatches } from '@/lib/policy/pattern/policy-filter'
import { apiQuery } from '@/lib/query/client'
import { pickerPages } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { type Combobox, optionClass } from '../picker/use-combobox'

/** The tags of a repository that the policy selects, page by page; null while they cannot be listed. */
export function useTagChoices(at: InstanceLocation, policy: Replication, repository: string, listed: boolean) {
  const [shown, setShown] = useState(1)
  const params = {
    instance_id: at.instance,
    namespace_name: repository.slice(0, repository.indexOf('/')),
    repository_name: repository.slice(repository.indexOf('/') + 1),
  }
  const loaded = useQueries({
    queries: pickerPages(shown).map((query) => ({
      ...apiQuery('tagList', { params: { connection: at.connection, ...params }, query }),
      enabled: listed,
    })),
  })
  const failed = loaded.find((page) => page.error && !page.data)
  const waiting = loaded.some((page) => page.isPending)
  const rows = loaded.flatMap((page) => page.data?.tags ?? [])
  const total = loaded[0]?.data?.total ?? rows.length
  const { tag: takes } = policyMatches(policy)
  const names = [...new Set(rows.flatMap(({ name }) => (name && takes(name) ? name : [])))]
  return listed ? { names, loaded: rows.length, total, failed, waiting, more: () => setShown(shown + 1) } : null
}

export type TagChoices = NonNullable<ReturnType<typeof useTagChoices>>

/** Their list; `fitting` are those that the typed text leaves of what is loaded. */
export function PartialRunTags({
  repository,
  choices: { names, loaded, total, failed, waiting, more },
  fitting,
  isNarrowed,
  box,
  tags,
  onTags,
}: {
  repository: string
  choices: TagChoices
  fitting: readonly string[]
  isNarrowed: boolean
  box: Combobox
  tags: readonly string[]
  onTags: (tags: readonly string[]) => void
}) {
  const t = useTranslations('partialRun.part')
  const open = fitting.filter((name) => !tags.includes(name))
  if (failed) return <ProblemPanel error={failed.error} retry={() => failed.refetch()} />
  return (
    <div className="mt-2">
      {fitting.length > 0 && (
        <div
          {...box.list}
          role="listbox"
          aria-label={t('tag', { name: repository })}
          aria-multiselectable
          className="grid max-h-40 overflow-y-auto rounded-md border border-line sm:grid-cols-2"
        >
          {fitting.map((name, index) => (
            <div
              key={name}
              {...box.option(index)}
              role="option"
              tabIndex={-1}
              aria-selected={tags.includes(name)}
              className={clsx(optionClass, 'flex items-center gap-2')}
            >
              <CheckMark checked={tags.includes(name)} />
              <span className="min-w-0 font-mono text-xs wrap-anywhere">{name}</span>
            </div>
          ))}
        </div>
      )}
      {waiting && <Skeleton className="mt-2 w-40" />}
      {!waiting && fitting.length === 0 && (
        <p className="text-ink-2 text-sm">{t(names.length === 0 ? 'noTags' : 'noTagFits')}</p>
      )}
      <div className="mt-1 flex flex-wrap items-center gap-2 text-ink-3 text-xs empty:hidden">
        {open.length > 1 && (
          <Button look="ghost" onClick={() => onTags([...tags, ...open])}>
            {t(isNarrowed ? 'allShown' : 'all', { count: open.length })}
          </Button>
        )}
        {!waiting && loaded < total && (
          <>
            <Button look="ghost" onClick={more}>
              {t('moreTags')}
            </Button>
            <span>{t('loadedTags', { loaded, total })}</span>
          </>
        )}
      </div>
    </div>
  )
}

/** For the eye only: the option says whether it is chosen, and nothing in it may take the focus. */
const CheckMark = ({ checked }: { checked: boolean }) => (
  <span
    aria-hidden
    className={clsx(
      'grid size-4 shrink-0 place-items-center rounded-sm border',
      checked ? 'border-accent bg-accent text-surface' : 'border-edge',
    )}
  >
    {checked && <Check size={12} strokeWidth={3} />}
  </span>
)
