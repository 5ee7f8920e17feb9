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
import { Checks } from '../target/checks'
import { type Listed, RepositoryChoice, RequiredMark } from './repository-choice'
import type { RuleTarget } from './rule-batch'
import { useTargetChecks } from './use-target-checks'

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
  const place = { region: target.region.trim(), organization: target.organization.trim() }
  const { known, isBlocked, ask } = useTargetChecks(connection, issues.region || issues.organization ? null : place)
  const [isAsking, setAsking] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isAsking) return
    setChecked(true)
    const bad = issues.region ? 'region' : issues.organization ? 'organization' : chosen.size === 0 ? 'filter' : null
    if (bad) {
      document.getElementById(`${id}-${bad}`)?.focus()
      return
    }
    setAsking(true)
    const isRefused = await ask(place)
    setAsking(false)
    if (isRefused) document.getElementById(`${id}-checks`)?.focus()
    else
      onCreate(
        { ...target, ...place },
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
            {known && (
              <section
                id={`${id}-checks`}
                tabIndex={-1}
                aria-label={t('target.checks')}
                className="rounded-md border border-line px-3 pb-2"
              >
                <Checks checks={known} />
                {isBlocked && (
                  <p role="alert" className="mt-2 text-bad text-sm">
                    {t('target.blocked')}
                  </p>
                )}
              </section>
            )}
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
          <Button type="submit" look="primary" aria-busy={isAsking} aria-disabled={isAsking}>
            {t('create', { count: chosen.size })}
          </Button>
        </SheetFoot>
      </form>
    </Sheet>
  )
}
