'use client'

import { useTranslations } from 'next-intl'
import type { Control } from 'react-hook-form'
import { TextField } from '@/components/form/fields'
import { type LimitsDraft, type LimitsValues, limitBounds } from '@/lib/policy/retention-limits/form'

export type LimitsControl = Control<LimitsDraft, unknown, LimitsValues>

type CeilingField = 'ceilingTags' | 'ceilingPercent'
type Field =
  | { readonly name: CeilingField; readonly isBasic: boolean }
  | { readonly name: 'dryRunHours' | 'outdatedPercent' | 'inUseHours' | 'days'; readonly isBasic?: never }

/** A limit with its bounds below it. */
export function NumberField({
  control,
  required = false,
  ...field
}: Field & { control: LimitsControl; required?: boolean }) {
  const t = useTranslations('retentionRuns.limits')
  return (
    <TextField
      control={control}
      name={field.name}
      label={field.isBasic ? t(`fieldBasic.${field.name}`) : t(`field.${field.name}`)}
      hint={field.isBasic && field.name === 'ceilingTags' ? t('hintBasic') : t(`hint.${field.name}`)}
      inputMode={limitBounds[field.name].whole ? 'numeric' : 'decimal'}
      required={required}
      optional={!required}
    />
  )
}
