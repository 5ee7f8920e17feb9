'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Checkbox, Input } from '@/components/ui/input'
import { Sheet, SheetBody, SheetFoot } from '@/components/ui/sheet'
import { organizationName } from '@/lib/contract/vocabulary'
import { apiQuery } from '@/lib/query/client'
import { allRegions } from '../search-params'
import type { RuleTarget } from './rule-batch'

/** What the controls say to a screen reader by themselves. */
const RequiredMark = () => (
  <span aria-hidden className="text-bad">
    {' *'}
  </span>
)

interface Listed {
  readonly name: string
  readonly rules: number
}

/** New rules for any number of repositories, to one target. */
export function NewRules({
  connection,
  organization,
  repositories,
  onCreate,
  onClose,
}: {
  connection: string
  organization: string
  repositories: readonly Listed[]
  onCreate: (target: RuleTarget, repositories: string[]) => void
  onClose: () => void
}) {
  const t = useTranslations('sync.auto')
  const c = useTranslations('common')
  const f = useTranslations('field')
  const id = useId()
  const regions = useQuery(apiQuery('regionList', allRegions(connection)))
  const [target, setTarget] = useState<RuleTarget>({ region: '', organization, overwrite: false })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [checked, setChecked] = useState(false)
  const issues = {
    region: target.region.trim() === '' ? 'required' : null,
    organization:
      target.organization.trim() === ''
        ? 'required'
        : organizationName.test(target.organization.trim())
          ? null
          : 'organization_characters',
  } as const
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    const bad = issues.region ? 'region' : issues.organization ? 'organization' : chosen.size === 0 ? 'filter' : null
    if (bad) document.getElementById(`${id}-${bad}`)?.focus()
    else
      onCreate(
        { ...target, region: target.region.trim(), organization: target.organization.trim() },
        repositories.flatMap(({ name }) => (chosen.has(name) ? [name] : [])),
      )
  }
  return (
    <Sheet title={t('newTitle', { organization })} closeLabel={c('close')} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <SheetBody>
          <div className="flex flex-col gap-4">
            <Note tone="info">{t('future')}</Note>
            {(['region', 'organization'] as const).map((field) => {
              const issue = checked ? issues[field] : null
              return (
                <div key={field}>
                  <label htmlFor={`${id}-${field}`} className="mb-1 block w-fit font-medium">
                    {t(`target.${field}`)}
                    <RequiredMark />
                  </label>
                  <Input
                    id={`${id}-${field}`}
                    list={field === 'region' ? `${id}-regions` : undefined}
                    value={target[field]}
                    maxLength={64}
                    aria-required
                    aria-invalid={issue ? true : undefined}
                    aria-describedby={`${id}-${field}-hint`}
                    onChange={(event) => setTarget({ ...target, [field]: event.target.value })}
                  />
                  <p id={`${id}-${field}-hint`} className={issue ? 'mt-1 text-bad text-xs' : 'mt-1 text-ink-3 text-xs'}>
                    {issue ? f(issue) : t(`target.${field}Hint`)}
                  </p>
                </div>
              )
            })}
            <datalist id={`${id}-regions`}>
              {regions.data?.map(({ regionID }) => regionID && <option key={regionID} value={regionID} />)}
            </datalist>
            <label htmlFor={`${id}-overwrite`} className="flex items-start gap-2">
              <Checkbox
                id={`${id}-overwrite`}
                className="mt-0.5"
                checked={target.overwrite}
                onChange={(event) => setTarget({ ...target, overwrite: event.target.checked })}
              />
              <span>
                {t('target.overwrite')}
                <small className="block text-ink-3 text-xs">{t('target.overwriteHint')}</small>
              </span>
            </label>
            <RepositoryChoice
              id={id}
              repositories={repositories}
              chosen={chosen}
              isMissing={checked && chosen.size === 0}
              onChoose={setChosen}
            />
          </div>
        </SheetBody>
        <SheetFoot>
          <Button onClick={onClose}>{c('cancel')}</Button>
          <Button type="submit" look="primary">
            {t('create', { count: chosen.size })}
          </Button>
        </SheetFoot>
      </form>
    </Sheet>
  )
}

function RepositoryChoice({
  id,
  repositories,
  chosen,
  isMissing,
  onChoose,
}: {
  id: string
  repositories: readonly Listed[]
  chosen: ReadonlySet<string>
  isMissing: boolean
  onChoose: (chosen: ReadonlySet<string>) => void
}) {
  const t = useTranslations('sync.auto')
  const [filter, setFilter] = useState('')
  const shown = repositories.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()))
  const isAll = shown.length > 0 && shown.every(({ name }) => chosen.has(name))
  const toggle = (names: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const name of names) on ? next.add(name) : next.delete(name)
    onChoose(next)
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">
        {t('repositories')}
        <RequiredMark />
      </legend>
      <Input
        id={`${id}-filter`}
        type="search"
        aria-label={t('filter')}
        placeholder={t('filter')}
        value={filter}
        aria-describedby={isMissing ? `${id}-missing` : undefined}
        onChange={(event) => setFilter(event.target.value)}
        // Enter would send the form around it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {isMissing && (
        <p id={`${id}-missing`} className="mt-1 text-bad text-xs">
          {t('noneChosen')}
        </p>
      )}
      <div className="my-2 flex flex-wrap items-center gap-3">
        <label htmlFor={`${id}-all`} className="flex items-center gap-2">
          <Checkbox
            id={`${id}-all`}
            checked={isAll}
            onChange={() =>
              toggle(
                shown.map(({ name }) => name),
                !isAll,
              )
            }
          />
          {t('all', { count: shown.length })}
        </label>
        <span aria-live="polite" className="ml-auto text-ink-2 tabular-nums">
          {t('chosen', { count: chosen.size })}
        </span>
      </div>
      <ul
        aria-label={t('repositories')}
        className="relative max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line"
      >
        {shown.map(({ name, rules }, index) => (
          <li key={name}>
            <label htmlFor={`${id}-r${index}`} className="flex items-center gap-2.5 px-3 py-1.5 hover:bg-sunken">
              <Checkbox
                id={`${id}-r${index}`}
                aria-label={name}
                checked={chosen.has(name)}
                onChange={({ target }) => toggle([name], target.checked)}
              />
              <span className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{name}</span>
              {rules > 0 && <span className="text-ink-3 text-xs">{t('has', { count: rules })}</span>}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
