'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { filterChipClass } from '@/components/table/filter-chip'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { SyncPlan } from '@/lib/contract/console/sync'
import { maxSyncTargets } from '@/lib/contract/console/sync-vocabulary'
import { apiQuery } from '@/lib/query/client'
import { filledTarget, onlyOrganization, targetIssues } from '../basket/basket'
import type { BasketStore } from '../basket/use-basket'
import { allRegions } from '../search-params'
import { TargetCard } from './target-card'

/** Where the tags go: regions from SWR's list or typed, each with an organization and with what was found out about it. */
export function Targets({
  connection,
  store: { basket, change },
  plan,
  isOld,
  onRefresh,
}: {
  connection: string
  store: BasketStore
  plan: SyncPlan | undefined
  /** The plan is about a basket or targets that have changed since. */
  isOld: boolean
  onRefresh: () => Promise<unknown>
}) {
  const t = useTranslations('sync.target')
  const regions = useQuery(apiQuery('regionList', allRegions(connection)))
  const listed = [...new Set(regions.data?.flatMap(({ regionID }) => regionID ?? []))]
  const chosen = basket.targets.map(({ region }) => region)
  const isFull = chosen.length >= maxSyncTargets
  const issues = targetIssues(basket)
  const add = (region: string) =>
    isFull || change((before) => ({ ...before, targets: [...before.targets, { region, organization: '' }] }))
  const remove = (index: number) =>
    change((before) => ({ ...before, targets: before.targets.filter((_, at) => at !== index) }))
  const toggle = (region: string) => {
    const index = chosen.indexOf(region)
    if (index === -1) add(region)
    else remove(index)
  }
  return (
    <section aria-labelledby="targets" className="min-w-0">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-3">
        <h2 id="targets">{t('title')}</h2>
        <span className="text-ink-2 tabular-nums">{t('count', { count: chosen.length })}</span>
      </div>
      {regions.error && (
        <div className="mb-2">
          <ProblemPanel error={regions.error} retry={() => regions.refetch()} />
        </div>
      )}
      {listed.length > 0 && (
        // In columns, so that nothing moves when the letters of the font have come.
        <fieldset className="mb-2 grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-1.5">
          <legend className="mb-1 text-ink-3 text-xs">{t('regions')}</legend>
          {listed.map((region) => (
            <button
              key={region}
              type="button"
              aria-pressed={chosen.includes(region)}
              className={filterChipClass(chosen.includes(region))}
              onClick={() => toggle(region)}
            >
              {region}
            </button>
          ))}
        </fieldset>
      )}
      <TypedRegion taken={isFull ? t('full', { most: maxSyncTargets }) : undefined} onAdd={add} />
      {isFull && (
        <Note tone="info" className="mt-2">
          {t('full', { most: maxSyncTargets })}
        </Note>
      )}
      <ul aria-label={t('label')} className="mt-3 flex flex-col gap-2 empty:hidden">
        {basket.targets.map((target, index) => {
          const filled = filledTarget(basket, target)
          const planned = plan?.targets.find(
            ({ region, organization }) => region === filled.region && organization === filled.organization,
          )
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same region may stand there twice, with another organization
            <li key={`${target.region} ${index}`}>
              <TargetCard
                target={target}
                fallback={onlyOrganization(basket)}
                issue={issues[index] ?? null}
                isUnlisted={regions.isSuccess && !listed.includes(target.region)}
                planned={planned}
                isOld={isOld}
                onOrganization={(organization) =>
                  change((before) => ({
                    ...before,
                    targets: before.targets.map((each, at) => (at === index ? { ...each, organization } : each)),
                  }))
                }
                onRemove={() => remove(index)}
                onRefresh={onRefresh}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Private regions are in no list (docs/swr-api.md section 14). */
function TypedRegion({ taken, onAdd }: { taken: string | undefined; onAdd: (region: string) => void }) {
  const t = useTranslations('sync.target')
  const id = useId()
  const [typed, setTyped] = useState('')
  const region = typed.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (region === '' || taken !== undefined) return
    onAdd(region)
    setTyped('')
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-48">
        <label htmlFor={id} className="mb-1 block w-fit text-ink-3 text-xs">
          {t('typed')}
        </label>
        <Input id={id} value={typed} maxLength={64} onChange={({ target }) => setTyped(target.value)} />
      </div>
      <Button type="submit" aria-disabled={region === '' || taken !== undefined}>
        <Plus aria-hidden size={14} />
        {t('add')}
      </Button>
    </form>
  )
}
