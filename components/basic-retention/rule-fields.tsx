'use client'

import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { ChoiceField, TextField } from '@/components/form/fields'
import type { BasicRule } from '@/lib/contract/console/basic-retention'
import { basicTemplates } from '@/lib/contract/console/retention-vocabulary'
import { mostOf } from '@/lib/policy/basic-retention/rule'
import type { BasicDraft, BasicValues } from '@/lib/policy/basic-retention/rule-form'
import { Exceptions } from './exceptions'

/** Days or a number of tags, and what is never deleted. */
export function RuleFields({
  form,
  held,
}: {
  form: UseFormReturn<BasicDraft, unknown, BasicValues>
  /** SWR does not change the kind of a rule: of one that is there it stays. */
  held: BasicRule | null
}) {
  const t = useTranslations('basicRetention')
  const { control } = form
  const template = useWatch({ control, name: 'template' })
  return (
    <>
      <ChoiceField
        control={control}
        name="template"
        label={t('template.label')}
        hint={held && t('template.fixed')}
        options={basicTemplates.map((value) => ({
          value,
          label: t(`template.${value}`),
          disabled: held !== null && value !== held.template,
        }))}
      />
      <div className="max-w-60">
        <TextField
          control={control}
          name="amount"
          label={t(`amount.${template}`)}
          hint={t('amount.hint', { most: mostOf[template] })}
          inputMode="numeric"
          required
        />
      </div>
      <Exceptions form={form} held={held?.exceptions ?? []} />
    </>
  )
}
