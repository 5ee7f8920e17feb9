'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import type { Problem } from '@/lib/contract/problem'
import { isFieldCode } from '@/lib/policy/validation-codes'
import { useSettled } from '../../match/use-settled'
import type { Source } from '../../picker/queries'
import { PatternResults } from './pattern-results'
import type { BasketStore } from './use-basket'
import { usePatternSearch } from './use-pattern-search'

const typingMs = 500

function codeAt(problem: Problem | null, field: 'repository' | 'tag') {
  const code = problem?.fields?.[`body.${field}`]
  return isFieldCode(code) ? code : undefined
}

/** All tags that match a pattern: counted before, then added at a press. */
export function PatternSearch({
  connection,
  at: { organization, repository },
  store,
}: {
  connection: string
  at: Source
  store: BasketStore
}) {
  const t = useTranslations('sync.pattern')
  const f = useTranslations('field')
  const id = useId()
  const [typed, setTyped] = useState({
    repository: organization ? `${organization}/${repository || '**'}` : '',
    tag: '',
  })
  const wanted = useSettled(typed, JSON.stringify(typed), typingMs) ?? typed
  const body = { repository: wanted.repository.trim(), tag: wanted.tag.trim() }
  const search = usePatternSearch(connection, body)
  const found = search.first
  // A pattern that cannot be read is said at its field.
  const refused = { repository: codeAt(found.error, 'repository'), tag: codeAt(found.error, 'tag') }
  const isRefused = refused.repository !== undefined || refused.tag !== undefined
  const isOld = found.isPlaceholderData || typed !== wanted
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2 text-sm">{t('lead')}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {(['repository', 'tag'] as const).map((field) => (
          <div key={field}>
            <label htmlFor={`${id}-${field}`} className="mb-1 block w-fit font-medium">
              {t(`field.${field}`)}
            </label>
            <Input
              id={`${id}-${field}`}
              value={typed[field]}
              aria-invalid={refused[field] ? true : undefined}
              aria-describedby={`${id}-${field}-hint`}
              className="font-mono"
              onChange={({ target }) => {
                search.stop()
                setTyped({ ...typed, [field]: target.value })
              }}
            />
            <p id={`${id}-${field}-hint`} className={clsx('mt-1 text-xs', refused[field] ? 'text-bad' : 'text-ink-3')}>
              {refused[field] ? f(refused[field]) : t(`hint.${field}`)}
            </p>
          </div>
        ))}
      </div>
      {found.isFetching && !found.data && <Skeleton className="w-40" />}
      {found.error && !isRefused && <ProblemPanel error={found.error} retry={() => found.refetch()} />}
      {search.found && <PatternResults found={search.found} search={search} isOld={isOld} store={store} />}
    </div>
  )
}
