'use client'

import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { useWatch } from 'react-hook-form'
import { CheckField, ChoiceField, TextField } from '@/components/form/fields'
import { Section } from '@/components/form/section'
import { CronField } from '@/components/schedule/cron-field'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import type { Retention } from '@/lib/contract/swr/retention'
import { retentionTriggers } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import type { InstanceLocation } from '@/lib/routes'
import type { RetentionControl, RetentionPlace } from './descriptor'
import type { RepairPattern } from './repair-pattern'
import { RepositoryFields } from './repository-fields'
import { RuleFields } from './rule-fields'
import { TagFields } from './tag-fields'

/** Every field of a retention policy. `rules` are those that were read: some of what they say is only shown. */
export function RetentionFields({
  control,
  at,
  place,
  rules,
  onRepair,
}: {
  control: RetentionControl
  at: InstanceLocation
  place: RetentionPlace
  rules: Retention['rules']
  onRepair: RepairPattern
}) {
  const t = useTranslations('retention')
  const [trigger, drafts] = useWatch({ control, name: ['trigger', 'rules'] })
  const readAt = (origin: number | null) => (origin === null ? undefined : rules[origin])
  return (
    <>
      <Unsupported control={control} />
      <Section title={t('edit.name')}>
        <TextField control={control} name="name" label={t('edit.name')} hint={t('edit.nameHint')} required />
      </Section>
      {drafts.map(({ origin }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the fields of a rule are named by its place
        <Fragment key={index}>
          <Section title={t('edit.rule')} lead={t('edit.ruleLead')}>
            <RuleFields control={control} index={index} rule={readAt(origin)} />
          </Section>
          <Section title={t('edit.tags')} lead={t('edit.tagsLead')}>
            <TagFields
              control={control}
              index={index}
              extras={readAt(origin)?.tag_selectors[0]?.extras}
              onRepair={onRepair}
            />
          </Section>
          <Section title={t('edit.repositories')} lead={t('edit.repositoriesLead')}>
            <RepositoryFields control={control} index={index} at={at} place={place} onRepair={onRepair} />
          </Section>
        </Fragment>
      ))}
      <Section title={t('edit.when')} lead={t('edit.whenLead')}>
        <ChoiceField
          control={control}
          name="trigger"
          label={t('edit.trigger')}
          options={retentionTriggers.map((value) => ({ value, label: t(`trigger.${value}`) }))}
          hint={parseEnum(retentionTriggers, trigger) ? undefined : t('edit.unknownValue', { value: trigger || '–' })}
        />
        {trigger === 'scheduled' && (
          <CronField control={control} name="cron" kind="retention" label={t('edit.cron')} required />
        )}
      </Section>
      <Section title={t('edit.on')} lead={t('edit.onLead')}>
        <CheckField control={control} name="enabled" label={t('edit.on')} hint={t('edit.onHint')} />
        {drafts.some((rule) => rule.disabled) && <Note tone="warn">{t('edit.ruleDisabled')}</Note>}
      </Section>
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
