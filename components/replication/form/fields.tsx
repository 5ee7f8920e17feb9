'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { CheckField, ChoiceField, TextField } from '@/components/form/fields'
import { Pair, Section } from '@/components/form/section'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import type { Replication } from '@/lib/contract/swr/replication'
import { destinationOf } from '@/lib/policy/replication/destination'
import { withDirection } from '@/lib/policy/replication/form'
import type { InstanceAt } from '@/lib/routes'
import { useMatches } from '../match/use-matches'
import { ConflictField } from './conflict-question'
import { WhatSection } from './content-section'
import { RegistryField } from './registry-section'
import { WhenSection } from './schedule-section'
import { takeOver } from './take-over'
import type { ReplicationFormApi } from './types'

const directionId = 'section-direction'

/** Every field of a replication policy, in the order in which a person thinks of them. */
export function ReplicationFields({
  at,
  form,
  was,
}: {
  at: InstanceAt
  form: ReplicationFormApi
  was: Replication | undefined
}) {
  const t = useTranslations('replicationForm')
  const { control } = form
  return (
    <>
      <Section title={t('section.name')}>
        <Pair>
          <TextField control={control} name="name" label={t('name')} hint={t('nameHint')} required />
          <TextField control={control} name="description" label={t('description')} optional />
        </Pair>
      </Section>
      <Section title={t('section.direction')} titleId={directionId} lead={t('directionLead')}>
        <DirectionField form={form} edited={was !== undefined} />
        <RegistryField at={at} control={control} was={was} />
      </Section>
      <WhatSection at={at} form={form} />
      <Section title={t('section.where')}>
        <NamespaceField at={at} form={form} />
      </Section>
      <WhenSection at={at} form={form} id={was?.id} />
      <Section title={t('section.conflict')}>
        <ConflictField control={control} />
      </Section>
      <Section title={t('section.enabled')}>
        <EnabledField control={control} />
      </Section>
    </>
  )
}

/** The hint belongs to the state that it speaks of. */
function EnabledField({ control }: Pick<ReplicationFormApi, 'control'>) {
  const t = useTranslations('replicationForm')
  const isOn = useWatch({ control, name: 'enabled' })
  return (
    <CheckField
      control={control}
      name="enabled"
      label={t('enabled')}
      hint={isOn ? t('summary.enabled') : t('enabledHint')}
    />
  )
}

function DirectionField({ form, edited }: { form: ReplicationFormApi; edited: boolean }) {
  const t = useTranslations('replicationForm')
  const { control } = form
  const [direction, read] = useWatch({ control, name: ['direction', 'asRead.direction'] })
  const change = (value: string) => {
    const next = value === 'pull' ? 'pull' : 'push'
    // The field itself has changed already, and what depends on it is worked out from what it was.
    takeOver(form, withDirection({ ...form.getValues(), direction }, next))
  }
  return (
    <>
      <ChoiceField
        control={control}
        name="direction"
        label={t('section.direction')}
        labelId={directionId}
        options={[
          { value: 'push', label: t('push') },
          { value: 'pull', label: t('pull') },
        ]}
        onChosen={change}
      />
      {edited && direction !== read && <Note tone="warn">{t(`turned.${direction}`)}</Note>}
    </>
  )
}

function NamespaceField({ at, form }: { at: InstanceAt; form: ReplicationFormApi }) {
  const t = useTranslations('replicationForm')
  const { control } = form
  const [direction, typed] = useWatch({ control, name: ['direction', 'destNamespace'] })
  const { matches } = useMatches(at, form)
  const [first = { name: 'payments/team/api' }] = (direction === 'push' && matches?.repositories) || []
  return (
    <TextField
      control={control}
      name="destNamespace"
      label={t('namespace')}
      optional
      mono
      hint={
        <>
          {t('namespaceHint')} {t(`namespaceMissing.${direction}`)}
          <span className="mt-1 block">
            {t.rich('namespaceExample', {
              from: () => <Chip>{first.name}</Chip>,
              to: () => <Chip>{destinationOf({ dest_namespace: typed.trim() }, first.name)}</Chip>,
            })}
          </span>
        </>
      }
    />
  )
}
