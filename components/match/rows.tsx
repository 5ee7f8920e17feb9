'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Ago } from '@/components/shell/relative-time'
import { Button } from '@/components/ui/button'
import type { MatchedRepository, Matches } from '@/lib/contract/console/matches'
import { useBytes } from '../ui/use-format-bytes'

const few = 6

/** The repositories that match, and the span of their pushes. */
export function MatchRows({ matches }: { matches: Matches }) {
  const t = useTranslations('matches')
  const [all, setAll] = useState(false)
  const { repositories, total, untagged, newest, oldest } = matches
  const rows = all ? repositories : repositories.slice(0, few)
  return (
    <>
      {rows.length > 0 && (
        <ul aria-label={t('list')}>
          {rows.map((each) => (
            <Row key={each.name} repository={each} />
          ))}
        </ul>
      )}
      {repositories.length > few && (
        <div className="border-line border-b px-1 py-1.5">
          <Button look="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('fewer') : t('more', { count: repositories.length - few })}
          </Button>
        </div>
      )}
      <div className="flex flex-col gap-1 px-4 py-3 text-ink-3 text-xs">
        {all && repositories.length < total.repositories && (
          <p>{t('first', { shown: repositories.length, total: total.repositories })}</p>
        )}
        {newest && oldest && (
          <p>{t.rich('span', { newest: () => <Ago time={newest} />, oldest: () => <Ago time={oldest} /> })}</p>
        )}
        {untagged > 0 && <p>{t('untagged', { count: untagged })}</p>}
      </div>
    </>
  )
}

function Row({ repository: { name, tags, size, newest } }: { repository: MatchedRepository }) {
  const t = useTranslations('matches')
  const bytes = useBytes()
  return (
    <li className="grid grid-cols-[6.5rem_1fr_auto] items-baseline gap-x-3 border-line border-b px-4 py-1.5 text-sm tabular-nums @sm:grid-cols-[minmax(0,1fr)_2.25rem_4.25rem_4.5rem]">
      <span className="col-span-3 font-mono text-xs wrap-anywhere @sm:col-span-1">{name}</span>
      <span className="@sm:text-right">
        {t('number', { count: tags })}
        <span className="@sm:sr-only"> {t('total.tags', { count: tags })}</span>
      </span>
      <span className="text-ink-2 @sm:text-right">{bytes(size)}</span>
      <span className="text-right text-ink-2">{newest && <Ago time={newest} style="narrow" />}</span>
    </li>
  )
}
