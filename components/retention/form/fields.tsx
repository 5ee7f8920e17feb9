'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { CheckField, ChoiceField, TextField } from '@/components/form/fields'
import { Section } from '@/components/form/section'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { Skeleton } from '@/components/ui/skeleton'
import type { Retention } from '@/lib/contract/swr/retention'
import { retentionTriggers } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { toBody } from '@/lib/policy/retention/form'
import { effectOfSaving } from '@/lib/policy/retention/saving'
import type { InstanceLocation, RetentionLocation } from '@/lib/routes'
import type { RetentionControl } from './descriptor'
import type { RepairPattern } from './repair-pattern'
import { RuleList } from './rule-list'

/** Most policies of an instance run by hand: their form does without it. */
const ScheduleField = dynamic(() => import('./schedule-field').then((module) => module.ScheduleField), {
  loading: () => <Skeleton className="w-64" />,
})

const SavingNote = dynamic(() => import('./saving-note').then((module) => module.SavingNote), { ssr: false })

/** Every field of a retention policy. `original` is what was read: some of what it says is only shown. */
export function RetentionFields({
  control,
  at,
  namespace,
  rules,
  original,
  onRepair,
}: {
  control: RetentionControl
  at: InstanceLocation
  namespace: string
  rules: Retention['rules']
  /** Undefined for a new policy. */
  original: Retention | undefined
  onRepair: RepairPattern
}) {
  const t = useTranslations('retention')
  const trigger = useWatch({ control, name: 'trigger' })
  return (
    <>
      <Unsupported control={control} />
      <Section title={t('edit.name')}>
        <TextField control={control} name="name" label={t('edit.name')} hint={t('edit.nameHint')} required />
      </Section>
      <RuleList control={control} at={at} namespace={namespace} rules={rules} onRepair={onRepair} />
      <Section title={t('edit.when')} lead={t('edit.whenLead')}>
        <ChoiceField
          control={control}
          name="trigger"
          label={t('edit.trigger')}
          options={retentionTriggers.map((value) => ({ value, label: t(`trigger.${value}`) }))}
          hint={parseEnum(retentionTriggers, trigger) ? undefined : t('edit.unknownValue', { value: trigger || '–' })}
        />
        {trigger === 'scheduled' && <ScheduleField control={control} />}
      </Section>
      <Section title={t('edit.on')} lead={t('edit.onLead')}>
        <EnabledField control={control} place={{ ...at, namespace }} original={original} />
      </Section>
    </>
  )
}

/** Whether it is enabled, and what saving does to that: a schedule is switched on after a dry run only. */
function EnabledField({
  control,
  place,
  original,
}: {
  control: RetentionControl
  place: Omit<RetentionLocation, 'policy'>
  original: Retention | undefined
}) {
  const t = useTranslations('retention')
  const { body, isRuleDisabled } = useWatch({
    control,
    compute: (draft) => ({
      body: toBody(draft, original),
      isRuleDisabled: draft.rules.some((rule) => rule.disabled),
    }),
  })
  const effect = effectOfSaving(body, original)
  return (
    <>
      <CheckField control={control} name="enabled" label={t('edit.on')} hint={t('edit.onHint')} />
      {effect !== 'none' && <SavingNote effect={effect} place={place} body={body} original={original} />}
      {isRuleDisabled && <Note tone="warn">{t('edit.ruleDisabled')}</Note>}
    </>
  )
}

/** What the policy says beyond this form stays as it is. */
function Unsupported({ control }: { control: RetentionControl }) {
  const t = useTranslations('retention')
  const paths = useWatch({ control, name: 'unsupported' })
  if (paths.length === 0) return null
  return (
    <Note tone="warn" className="mb-4">
      <p>{t('edit.unsupported')}</p>
      <p className="mt-1 flex flex-wrap items-baseline gap-1.5">
        {t('edit.unsupportedPaths')}
        {paths.map((path) => (
          <Chip key={path}>{path}</Chip>
        ))}
      </p>
    </Note>
  )
}
