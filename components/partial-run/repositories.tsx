'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { type RefObject, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { Replication } from '@/lib/contract/swr/replication'
import { isPlainRepository } from '@/lib/policy/pattern/repository-list'
import { remoteOf } from '@/lib/policy/replication/request'
import type { InstanceLocation } from '@/lib/routes'
import { filtersOfPolicy } from '../match/filters'
import { ListingNotes, useReason } from '../match/listing'
import { Waiting } from '../match/summary'
import { matchesQuery } from '../match/use-matches'
import { optionClass, useCombobox } from '../picker/use-combobox'

const few = 40

/** One field to look for a repository among those that the policy selects, or to type one that is not listed. */
export function PartialRunRepositories({
  at,
  policy,
  taken,
  field,
  onPick,
}: {
  at: InstanceLocation
  policy: Replication
  taken: readonly string[]
  field: RefObject<HTMLInputElement | null>
  onPick: (repository: string) => void
}) {
  const t = useTranslations('partialRun.part')
  const because = useReason()
  const p = useTranslations('plan')
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const isListed = remoteOf(policy).direction === 'push'
  const { data, error } = useQuery(matchesQuery(at, isListed ? filtersOfPolicy(policy) : undefined, 500))
  const wanted = text.trim()
  const listed = data?.repositories ?? []
  const fitting = listed.filter(
    ({ name }) => !taken.includes(name) && name.toLowerCase().includes(wanted.toLowerCase()),
  )
  const isTyped = isPlainRepository(wanted) && !taken.includes(wanted) && !listed.some(({ name }) => name === wanted)
  const pick = (name: string) => {
    setText('')
    setWrong(false)
    onPick(name)
  }
  const enter = () => {
    const [only, ...more] = fitting
    if (isPlainRepository(wanted)) pick(wanted)
    else if (wanted && only && more.length === 0) pick(only.name)
    else setWrong(wanted !== '')
  }
  const shown = fitting.slice(0, few)
  const box = useCombobox({ text, options: shown.map(({ name }) => name), onTake: pick, onEnter: enter })
  return (
    <div className="mt-3">
      <label htmlFor="partial-run-repository" className="mb-1 block w-fit font-medium">
        {t('repository')}
      </label>
      <Input
        ref={field}
        id="partial-run-repository"
        {...box.field}
        value={text}
        aria-invalid={wrong ? true : undefined}
        aria-describedby="partial-run-repository-hint"
        onChange={({ target }) => {
          setText(target.value)
          setWrong(false)
        }}
      />
      <p id="partial-run-repository-hint" className={wrong ? 'mt-1 text-bad text-xs' : 'mt-1 text-ink-3 text-xs'}>
        {t(wrong ? 'badName' : isListed ? 'repositoryHint' : 'pull')}
      </p>
      {isTyped && (
        <Button className="mt-2" onClick={() => pick(wanted)}>
          {t('addTyped', { name: wanted })}
        </Button>
      )}
      {isListed && error && (
        <p className="mt-2 text-ink-2 text-sm">{p('matches.failed', { reason: because(error.code) })}</p>
      )}
      {isListed && !data && !error && filtersOfPolicy(policy) && <Waiting label={t('listing')} />}
      {data && <ListingNotes matches={data} className="mt-2" />}
      {data && listed.length === 0 && !data.refreshing && <p className="mt-2 text-ink-2 text-sm">{t('nothing')}</p>}
      {listed.length > 0 && fitting.length === 0 && !isTyped && <p className="mt-2 text-ink-2 text-sm">{t('none')}</p>}
      {shown.length > 0 && (
        <div
          {...box.list}
          role="listbox"
          aria-label={t('repositories')}
          className="mt-2 max-h-44 divide-y divide-line overflow-y-auto rounded-md border border-line"
        >
          {shown.map(({ name, tags }, index) => (
            <div
              key={name}
              {...box.option(index)}
              role="option"
              tabIndex={-1}
              aria-selected={false}
              className={clsx(optionClass, 'flex items-baseline justify-between gap-3')}
            >
              <span className="min-w-0 font-mono text-xs wrap-anywhere">{name}</span>{' '}
              <span className="shrink-0 text-ink-3 text-xs tabular-nums">{t('tagCount', { count: tags })}</span>
            </div>
          ))}
        </div>
      )}
      {fitting.length > few && <p className="mt-1 text-ink-3 text-xs">{t('more', { count: fitting.length - few })}</p>}
    </div>
  )
}
