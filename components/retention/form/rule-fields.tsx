'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { type Option, SelectField, TextField } from '@/components/form/fields'
import { Note } from '@/components/ui/alert'
import type { Retention } from '@/lib/contract/swr/retention'
import { retentionTemplates } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { readingOfAmount, unitOf } from '@/lib/policy/retention/amount'
import { readBehind } from '@/lib/policy/retention/form-rule'
import { type Loss, takesAll } from '@/lib/policy/retention/keeps-nothing'
import { AmountWarning, RuleText } from '../policy/keeps-text'
import type { RetentionControl } from './descriptor'

/** What is kept: one of SWR's four templates and its amount, read back as a sentence with its consequence. */
export function RuleFields({
  control,
  index,
  rule,
  loss,
}: {
  control: RetentionControl
  index: number
  rule: Retention['rules'][number] | undefined
  /** What goes if the rule keeps nothing: another one may keep it. */
  loss: Loss
}) {
  const t = useTranslations('retention')
  const [draft, asRead] = useWatch({ control, name: [`rules.${index}`, 'asRead.rules'] })
  const { template, amount: text, tagDecoration, tagPattern } = draft
  const read = readBehind(draft, asRead)
  const isAsRead = template === read.template && text === read.amount
  const warned = rule && isAsRead && (readingOfAmount(rule)?.kind ?? 'fine') !== 'fine' ? rule : undefined
  const known = parseEnum(retentionTemplates, template)
  const unit = unitOf(template)
  const amount = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : 0
  return (
    <>
      {/* Side by side where the choice can be read as a whole: what is pushed and what is pulled differ at its end. */}
      <div className="flex flex-wrap gap-x-3 gap-y-3.5 *:min-w-0 *:grow *:basis-32 *:first:basis-68">
        <SelectField
          control={control}
          name={`rules.${index}.template`}
          label={t('edit.template')}
          options={[
            ...useUnknown(template),
            ...retentionTemplates.map((value) => option(value, t(`edit.templates.${value}`))),
          ]}
          hint={known && t(`edit.explained.${known}`)}
          required
        />
        <TextField
          control={control}
          name={`rules.${index}.amount`}
          label={t(`edit.amount.${unit}`)}
          hint={t(`edit.amountHint.${unit}`)}
          inputMode="numeric"
          required
        />
      </div>
      {warned && (
        <Note tone="bad">
          <AmountWarning rule={warned} loss={loss} />
        </Note>
      )}
      {/* A run does not look at a rule that is disabled. */}
      {loss !== 'none' && (
        <Note tone="warn">
          {known && amount > 0
            ? t.rich('edit.reading', {
                tags: tagDecoration === 'matches' && takesAll(tagPattern) ? 'all' : 'some',
                effect: loss,
                what: () => (
                  <b key="what">
                    <RuleText template={known} amount={amount} />
                  </b>
                ),
              })
            : t('edit.readingUnknown')}
        </Note>
      )}
    </>
  )
}

const option = (value: string, label: string): Option => ({ value, label })

/** A value that is none of the choices is listed all the same: a select would pretend that the first one was chosen. */
function useUnknown(template: string): Option[] {
  const t = useTranslations('retention')
  if (parseEnum(retentionTemplates, template)) return []
  return [
    { ...option(template, template ? t('edit.unknownValue', { value: template }) : t('edit.choose')), disabled: true },
  ]
}
