'use client'

import clsx from 'clsx'
import { type Control, type FieldPathByValue, type FieldValues, useController } from 'react-hook-form'
import { controlClass } from '@/components/ui/input'
import { FieldFrame, type FieldLook, useFieldIds } from './field-frame'

/** A few lines of the machine's text. */
export function LinesField<Draft extends FieldValues, Values>({
  control,
  name,
  rows = 3,
  ...look
}: FieldLook & { control: Control<Draft, unknown, Values>; name: FieldPathByValue<Draft, string>; rows?: number }) {
  const { field, fieldState } = useController({ control, name })
  const ids = useFieldIds(name)
  const error = fieldState.error?.message
  return (
    <FieldFrame name={name} look={look} error={error}>
      <textarea
        {...field}
        id={ids.id}
        rows={rows}
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={ids.describedBy(look.hint, error)}
        className={clsx(controlClass(), 'block h-auto! py-1.5 font-mono text-[12.5px]')}
      />
    </FieldFrame>
  )
}
