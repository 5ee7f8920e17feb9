'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { ChoiceField, TextField } from '@/components/form/fields'
import { PatternRepair } from '@/components/form/pattern-repair'
import { Pair, Section } from '@/components/form/section'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { scopeModes } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { checkPattern, trimPattern } from '@/lib/policy/pattern/pattern'
import { withScope } from '@/lib/policy/replication/form'
import type { InstanceLocation } from '@/lib/routes'
import { MatchSlot } from '../../match/match-slot'
import { NearMisses } from '../../match/near-misses'
import { PatternFlaw } from '../../match/pattern-error'
import type { ReplicationFormApi } from '../../match/replication-form-api'
import { setDependentFields } from './descriptor'
import { OtherFilters } from './other-filters'
import { RepositoriesField } from './repositories-field'

/** Which repositories and which of their tags. */
export function WhatSection({ at, form }: { at: InstanceLocation; form: ReplicationFormApi }) {
  const t = useTranslations('replicationForm')
  const { control } = form
  const [direction, scope, modeRead] = useWatch({ control, name: ['direction', 'scope', 'asRead.scope'] })
  const change = (value: string) => {
    const next = value === 'selection' ? 'selection' : 'regular'
    setDependentFields(form, withScope({ ...form.getValues(), scope }, next))
  }
  return (
    <Section
      title={t('section.what')}
      lead={t.rich('whatLead', { code: (text) => <code className="font-mono text-ink-2">{text}</code> })}
    >
      <ChoiceField
        control={control}
        name="scope"
        label={t('scope')}
        options={[
          { value: 'regular', label: t('regular') },
          { value: 'selection', label: t('selection') },
        ]}
        onChosen={change}
      />
      {modeRead !== '' && !parseEnum(scopeModes, modeRead) && (
        <Note tone="warn">{t.rich('unknownScope', { value: () => <Chip>{modeRead}</Chip> })}</Note>
      )}
      {scope === 'selection' && direction === 'push' ? (
        <>
          <RepositoriesField at={at} form={form} />
          <TagPattern form={form} />
        </>
      ) : (
        <Pair>
          <NamePattern form={form} selecting={scope === 'selection'} />
          <TagPattern form={form} />
        </Pair>
      )}
      {direction === 'push' && <NearMisses at={at} form={form} />}
      <OtherFilters control={control} />
      <MatchSlot at={at} form={form} place="below" />
    </Section>
  )
}

/** Puts a pattern in the place of what was typed; the button that did it goes with what it complained of. */
const putPattern = (form: ReplicationFormApi, name: 'namePattern' | 'tagPattern') => (pattern: string) => {
  form.setValue(name, pattern, { shouldDirty: true, shouldTouch: true })
  form.clearErrors(name)
  form.setFocus(name)
}

function NamePattern({ form, selecting }: { form: ReplicationFormApi; selecting: boolean }) {
  const { control } = form
  const t = useTranslations('replicationForm')
  const [pattern, read] = useWatch({ control, name: ['namePattern', 'asRead.namePattern'] })
  return (
    <div>
      <TextField
        control={control}
        name="namePattern"
        label={t('repositories')}
        required
        mono
        hint={
          <>
            {t.rich('repositoriesHint', {
              all: () => <Chip>library/**</Chip>,
              some: () => <Chip>{'payments/{api,worker}'}</Chip>,
            })}
            {selecting && ` ${t('pullSelection')}`}
            <PatternFlaw control={control} name="namePattern" pattern={pattern} />
          </>
        }
      />
      <Spaces pattern={pattern} read={read} />
      <PatternRepair text={pattern} read={read} kind="repository" onTake={putPattern(form, 'namePattern')} />
    </div>
  )
}

function TagPattern({ form }: { form: ReplicationFormApi }) {
  const { control } = form
  const t = useTranslations('replicationForm')
  const [pattern, read, excluded] = useWatch({ control, name: ['tagPattern', 'asRead.tagPattern', 'tagExcluded'] })
  return (
    <div>
      <TextField
        control={control}
        name="tagPattern"
        label={t('tags')}
        required
        mono
        hint={
          <>
            {t.rich('tagsHint', { all: () => <Chip>**</Chip>, some: () => <Chip>{'{v2.*,stable}'}</Chip> })}
            <PatternFlaw control={control} name="tagPattern" pattern={pattern} />
          </>
        }
      />
      <Spaces pattern={pattern} read={read} />
      <PatternRepair text={pattern} read={read} kind="tag" onTake={putPattern(form, 'tagPattern')} />
      {excluded !== null && (
        <Note tone="warn" className="mt-2">
          {pattern === excluded
            ? t('tagsExcluded')
            : t.rich('tagsSelectAgain', { pattern: () => <Chip>{excluded}</Chip> })}
        </Note>
      )}
    </div>
  )
}

/** `{a, b}` would look for " b": says what is sent in its place. */
function Spaces({ pattern, read }: { pattern: string; read: string }) {
  const t = useTranslations('replicationForm')
  const sent = trimPattern(pattern)
  if (pattern === read || sent === pattern || checkPattern(pattern)) return null
  return (
    <p className="mt-1 text-warn text-xs" aria-live="polite">
      {t.rich('spaces', { pattern: () => <Chip>{sent}</Chip> })}
    </p>
  )
}
