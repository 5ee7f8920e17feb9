'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import type { Problem } from '@/lib/contract/problem'
import { isFieldCode } from '@/lib/policy/validation-codes'
import { apiQuery } from '@/lib/query/client'
import { useSettled } from '../../match/use-settled'
import type { Source } from '../../picker/queries'
import { addTags } from './basket'
import type { BasketStore } from './use-basket'

const typingMs = 500
/** Names that are shown before anything is added. */
const mostExamples = 20

function codeAt(problem: Problem | null, field: 'repository' | 'tag') {
  const code = problem?.fields?.[`body.${field}`]
  return isFieldCode(code) ? code : undefined
}

/** All tags that match a pattern: counted before, then added at a press. */
export function PatternSearch({
  connection,
  at: { organization, repository },
  store: { basket, change },
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
  const found = useQuery({
    ...apiQuery('syncTagSearch', { params: { connection }, body }),
    enabled: body.repository !== '' && body.tag !== '',
    placeholderData: keepPreviousData,
  })
  const images = found.data?.images ?? []
  // A pattern that cannot be read is said at its field.
  const refused = { repository: codeAt(found.error, 'repository'), tag: codeAt(found.error, 'tag') }
  const isRefused = refused.repository !== undefined || refused.tag !== undefined
  const isOld = found.isPlaceholderData || typed !== wanted
  const { added, left } = addTags(basket, images)
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
              onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
            />
            <p id={`${id}-${field}-hint`} className={clsx('mt-1 text-xs', refused[field] ? 'text-bad' : 'text-ink-3')}>
              {refused[field] ? f(refused[field]) : t(`hint.${field}`)}
            </p>
          </div>
        ))}
      </div>
      {found.isFetching && !found.data && <Skeleton className="w-40" />}
      {found.error && !isRefused && <ProblemPanel error={found.error} retry={() => found.refetch()} />}
      {found.data && (
        <div aria-busy={isOld} className={isOld ? 'opacity-60' : undefined}>
          <p aria-live="polite" className="tabular-nums">
            {t('found', { tags: found.data.total, repositories: found.data.repositories })}
            <span className="ml-2 text-ink-3 text-sm">
              <Ago time={found.data.at} />
            </span>
          </p>
          {!found.data.complete && (
            <Note tone="warn" className="mt-2">
              {t('incomplete')}
            </Note>
          )}
          {images.length < found.data.total && (
            <Note tone="warn" className="mt-2">
              {t('cut', { shown: images.length, total: found.data.total })}
            </Note>
          )}
          {left > 0 && (
            <Note tone="warn" className="mt-2">
              {t('full', { count: left })}
            </Note>
          )}
          {images.length > 0 && (
            <ul aria-label={t('examples')} className="mt-2 flex flex-wrap gap-1.5">
              {images.slice(0, mostExamples).map((image) => (
                <li key={`${image.repository}:${image.tag}`}>
                  <Chip>{`${image.repository}:${image.tag}`}</Chip>
                </li>
              ))}
              {images.length > mostExamples && (
                <li className="text-ink-3 text-sm">{t('more', { count: images.length - mostExamples })}</li>
              )}
            </ul>
          )}
          <div className="mt-3">
            <Button
              look="primary"
              aria-disabled={isOld || added === 0}
              onClick={() => isOld || change((before) => addTags(before, images).basket)}
            >
              {images.length > 0 && added === 0 ? t('allIn') : t('add', { count: added })}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
