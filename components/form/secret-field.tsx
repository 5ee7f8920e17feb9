'use client'

import type { FieldPathByValue, FieldValues, UseFormReturn } from 'react-hook-form'
import { Input } from '@/components/ui/input'
import { FieldFrame, type FieldLook, useFieldIds } from './field-frame'

/** A secret that is written and never read. Left to the browser, its text is in no attribute of the page. */
export function SecretField<Draft extends FieldValues, Values>({
  form,
  name,
  ...look
}: FieldLook & { form: UseFormReturn<Draft, unknown, Values>; name: FieldPathByValue<Draft, string> }) {
  const ids = useFieldIds(name)
  const error = form.getFieldState(name, form.formState).error?.message
  return (
    <FieldFrame name={name} look={look} error={error}>
      <Input
        {...form.register(name)}
        id={ids.id}
        type="password"
        // Password managers would otherwise offer the console's own.
        autoComplete="new-password"
        aria-required={look.required}
        aria-invalid={error ? true : undefined}
        aria-describedby={ids.describedBy(look.hint, error)}
      />
    </FieldFrame>
  )
}
