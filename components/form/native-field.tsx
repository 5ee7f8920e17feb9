'use client'

import { Input } from '@/components/ui/input'
import { FieldFrame, useFieldIds } from './field-frame'

/** A field of a short form that the browser itself checks: no draft, no rules of ours. */
export function PlainField({
  name,
  label,
  hint,
  type = 'text',
  autoComplete,
  defaultValue,
  minLength,
  maxLength,
}: {
  name: string
  label: string
  hint?: string
  type?: 'text' | 'email' | 'password'
  autoComplete: 'username' | 'name' | 'current-password' | 'new-password' | 'off'
  defaultValue?: string
  minLength?: number
  maxLength?: number
}) {
  const ids = useFieldIds(name)
  return (
    <FieldFrame name={name} look={{ label, hint }} error={undefined}>
      <Input
        id={ids.id}
        name={name}
        type={type}
        required
        autoComplete={autoComplete}
        defaultValue={defaultValue}
        minLength={minLength}
        maxLength={maxLength}
        aria-describedby={ids.describedBy(hint, undefined)}
      />
    </FieldFrame>
  )
}

/** What was typed into a field of a form that was just submitted. */
export function textOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}
