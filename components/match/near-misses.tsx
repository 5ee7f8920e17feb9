'use client'

import { useTranslations } from 'next-intl'
import { useFormState, useWatch } from 'react-hook-form'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import type { NearMiss } from '@/lib/contract/console/matches'
import type { InstanceLocation } from '@/lib/routes'
import type { ReplicationFormApi } from './replication-form-api'
import { useMatches } from './use-matches'

/** Somebody has changed the filters since the form was opened. */
export function useTouched({ control }: ReplicationFormApi) {
  const { dirtyFields } = useFormState({ control })
  return Boolean(dirtyFields.namePattern || dirtyFields.tagPattern || dirtyFields.repositories)
}

/** Names that were probably meant and do not match, under the filters that are being typed. */
export function NearMisses({ at, form }: { at: InstanceLocation; form: ReplicationFormApi }) {
  const { matches, complete } = useMatches(at, form)
  const touched = useTouched(form)
  if (!touched || !matches || !complete) return null
  return <NearMissNote form={form} near={matches.near} />
}

/** Each near miss with a pattern that would take it. */
export function NearMissNote({
  form,
  near,
  className,
}: {
  form: ReplicationFormApi
  near: readonly NearMiss[]
  className?: string
}) {
  const t = useTranslations('matches')
  if (near.length === 0) return null
  return (
    <Note tone="warn" aria-label={t('near.label')} role="group" className={className}>
      <ul className="flex flex-col gap-2">
        {near.map((each) => (
          <li key={`${each.filter} ${each.kind} ${each.suggestion}`}>
            <Miss form={form} miss={each} />
          </li>
        ))}
      </ul>
    </Note>
  )
}

function Miss({ form, miss }: { form: ReplicationFormApi; miss: NearMiss }) {
  const t = useTranslations('matches')
  const [direction, scope] = useWatch({ control: form.control, name: ['direction', 'scope'] })
  const { kind, filter, examples, count, suggestion } = miss
  const shown = examples.slice(0, 3)
  // Picked repositories are no text that could be changed.
  const typed = filter === 'tag' || !(direction === 'push' && scope === 'selection')
  const field = filter === 'tag' ? 'tagPattern' : 'namePattern'
  const take = (pattern: string) => {
    form.setValue(field, pattern, { shouldDirty: true, shouldTouch: true })
    form.clearErrors(field)
    // The button goes with what it complained of.
    form.setFocus(field)
  }
  return (
    <>
      <p className="wrap-anywhere">
        {t(`near.${kind}`, { count })}{' '}
        {shown.map((name) => (
          <span key={name}>
            <Chip>{name}</Chip>{' '}
          </span>
        ))}
        {count > shown.length && t('near.more', { count: count - shown.length })}
      </p>
      {suggestion !== null && typed && (
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
          <span>{t.rich('near.meant', { pattern: () => <Chip>{suggestion}</Chip> })}</span>
          <Button onClick={() => take(suggestion)}>{t('near.take')}</Button>
        </p>
      )}
    </>
  )
}
