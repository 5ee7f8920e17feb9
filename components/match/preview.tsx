'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { Note } from '@/components/ui/alert'
import { Skeleton } from '@/components/ui/skeleton'
import type { Matches } from '@/lib/contract/console/matches'
import type { InstanceLocation } from '@/lib/routes'
import { useBytes } from '../ui/use-format-bytes'
import { MatchFailure } from './failure'
import { ListingAge, ListingNotes } from './listing'
import { NearMissNote, useTouched } from './near-misses'
import type { ReplicationFormApi } from './replication-form-api'
import { MatchRows } from './rows'
import { useMatches } from './use-matches'

/** Repositories and tags that the filters of the form match now, and how old the look at them is. */
export function MatchCard({ at, form }: { at: InstanceLocation; form: ReplicationFormApi }) {
  const t = useTranslations('matches')
  const direction = useWatch({ control: form.control, name: 'direction' })
  const { matches, error, retry, isAskable, complete, old } = useMatches(at, form)
  const touched = useTouched(form)
  const pull = direction === 'pull'
  const isUnseen = matches !== undefined && !matches.seen && !old
  const shown = matches?.seen ? matches : undefined
  return (
    <>
      <header className="flex flex-wrap items-baseline justify-between gap-x-3 border-line border-b px-4 py-3">
        <h2>{t(pull ? 'titleAtSource' : 'title')}</h2>
        {shown && (complete ? <ListingAge matches={shown} /> : <span className="text-ink-3 text-sm">{t('last')}</span>)}
      </header>
      {!isAskable || isUnseen ? (
        <p className="px-4 py-3 text-ink-2 text-sm">{t(isAskable ? 'pull' : 'pullChoose')}</p>
      ) : error && !matches ? (
        <MatchFailure problem={error} pull={pull} retry={retry} />
      ) : shown ? (
        // Dimmed by colour: text that is seen through would be too faint to read.
        <div aria-busy={old} className={clsx('rounded-b-lg', old && 'bg-sunken [&_*]:text-ink-3')}>
          <Totals matches={shown} />
          <ListingNotes matches={shown} className="m-3" />
          {complete && !old && shown.total.repositories === 0 && !shown.refreshing && (
            <Note tone="warn" className="m-3">
              {t('nothing')}
            </Note>
          )}
          {/* While nothing was typed, what stands under the fields would move the page when it comes. */}
          {!touched && complete && <NearMissNote form={form} near={shown.near} className="m-3" />}
          <MatchRows matches={shown} />
        </div>
      ) : complete ? (
        <div className="flex flex-col gap-4 px-4 py-4">
          <Skeleton className="w-40" />
          <Skeleton className="w-56" />
          <Skeleton className="w-48" />
        </div>
      ) : (
        <p className="px-4 py-3 text-ink-2 text-sm">{t(pull ? 'incompleteAtSource' : 'incomplete')}</p>
      )}
      <p role="status" className="sr-only">
        {shown &&
          !old &&
          t('said', {
            repositories: shown.total.repositories,
            tags: shown.total.tags,
            near: shown.near.length,
            busy: String(shown.refreshing),
          })}
      </p>
    </>
  )
}

function Totals({ matches: { total } }: { matches: Matches }) {
  const t = useTranslations('matches')
  const bytes = useBytes()
  return (
    <dl className="grid grid-cols-3 divide-x divide-line border-line border-b">
      {(['repositories', 'tags', 'size'] as const).map((each) => (
        <div key={each} className="flex min-w-0 flex-col-reverse justify-end px-4 py-2.5">
          <dt className="text-ink-3 text-xs">{t(`total.${each}`, { count: total[each] })}</dt>
          <dd className="whitespace-nowrap font-semibold text-base tabular-nums">
            {each === 'size' ? bytes(total.size) : t('number', { count: total[each] })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
