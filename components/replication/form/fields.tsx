'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { CheckField, ChoiceField, TextField } from '@/components/form/fields'
import { Pair, Section } from '@/components/form/section'
import { Note } from '@/components/ui/alert'
import type { Replication } from '@/lib/contract/swr/replication'
import { withDirection } from '@/lib/policy/replication/form'
import type { InstanceLocation } from '@/lib/routes'
import type { ReplicationFormApi } from '../../match/replication-form-api'
import { WhatSection } from './content-section'
import { setDependentFields } from './descriptor'
import { NameField } from './name-field'
import { NamespaceField } from './namespace-field'
import { OverrideField } from './override-field'
import { RegistryField } from './registry-section'
import { WhenSection } from './schedule-section'

const directionId = 'section-direction'

/** Every field of a replication policy, in the order in which a person thinks of them. */
export function ReplicationFields({
  at,
  form,
  original,
}: {
  at: InstanceLocation
  form: ReplicationFormApi
  original: Replication | undefined
}) {
  const t = useTranslations('replicationForm')
  const { control } = form
  return (
    <>
      <Section title={t('section.name')}>
        <Pair>
          <NameField at={at} form={form} original={original} />
          <TextField control={control} name="description" label={t('description')} optional />
        </Pair>
      </Section>
      <Section title={t('section.direction')} titleId={directionId} lead={t('directionLead')}>
        <DirectionField form={form} edited={original !== undefined} />
        <RegistryField at={at} form={form} original={original} />
      </Section>
      <WhatSection at={at} form={form} />
      <Section title={t('section.where')}>
        <NamespaceField at={at} form={form} />
      </Section>
      <WhenSection at={at} form={form} id={original?.id} />
      <Section title={t('section.conflict')}>
        <OverrideField control={control} />
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
    setDependentFields(form, withDirection({ ...form.getValues(), direction }, next))
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
