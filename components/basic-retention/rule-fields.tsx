'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useFieldArray, useWatch } from 'react-hook-form'
import { ChoiceField, SelectField, TextField } from '@/components/form/fields'
import { Button } from '@/components/ui/button'
import { type BasicTemplate, basicTemplates } from '@/lib/contract/console/retention-vocabulary'
import { mostOf } from '@/lib/policy/basic-retention/rule'
import { type BasicDraft, type BasicValues, mostExceptions } from '@/lib/policy/basic-retention/rule-form'

/** Days or a number of tags, and what is never deleted. */
export function RuleFields({
  form: { control },
  fixed,
}: {
  form: UseFormReturn<BasicDraft, unknown, BasicValues>
  /** SWR does not change the kind of a rule: of one that is there it stays. */
  fixed: BasicTemplate | undefined
}) {
  const t = useTranslations('basicRetention')
  const template = useWatch({ control, name: 'template' })
  return (
    <>
      <ChoiceField
        control={control}
        name="template"
        label={t('template.label')}
        hint={fixed && t('template.fixed')}
        options={basicTemplates.map((value) => ({
          value,
          label: t(`template.${value}`),
          disabled: fixed !== undefined && value !== fixed,
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
      <Exceptions control={control} />
    </>
  )
}

function Exceptions({ control }: Pick<UseFormReturn<BasicDraft, unknown, BasicValues>, 'control'>) {
  const t = useTranslations('basicRetention')
  const { fields, append, remove } = useFieldArray({ control, name: 'exceptions' })
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t('exceptions')}</legend>
      <p className="mb-2 text-ink-3 text-xs">{t('exceptionsHint')}</p>
      <ul className="flex flex-col gap-3">
        {fields.map(({ id }, index) => (
          <li key={id} className="flex items-start gap-2">
            <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[12rem_minmax(0,1fr)]">
              <SelectField
                control={control}
                name={`exceptions.${index}.kind`}
                label={t('exception.kind', { number: index + 1 })}
                options={(['label', 'regexp'] as const).map((value) => ({ value, label: t(`exception.${value}`) }))}
              />
              <TextField
                control={control}
                name={`exceptions.${index}.pattern`}
                label={t('exception.pattern', { number: index + 1 })}
                mono
                required
              />
            </div>
            <Button
              look="ghost"
              size="icon"
              className="mt-6"
              aria-label={t('exception.remove', { number: index + 1 })}
              onClick={() => remove(index)}
            >
              <X aria-hidden size={14} />
            </Button>
          </li>
        ))}
      </ul>
      {fields.length < mostExceptions && (
        <Button className="mt-2" onClick={() => append({ kind: 'label', pattern: '' })}>
          {t('exception.add')}
        </Button>
      )}
    </fieldset>
  )
}
