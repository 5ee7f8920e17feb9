'use client'

import clsx from 'clsx'
import { type Control, type FieldPathByValue, type FieldValues, useController } from 'react-hook-form'
import { Checkbox, Input, Select } from '@/components/ui/input'
import { Segmented } from '@/components/ui/segmented'
import { FieldFrame, type FieldLook, useFieldIds } from './field-frame'

/** A field of a form: which one, and how it is labelled. */
interface FieldProps<Draft extends FieldValues, Values, Value> extends FieldLook {
  readonly control: Control<Draft, unknown, Values>
  readonly name: FieldPathByValue<Draft, Value>
}

export function TextField<Draft extends FieldValues, Values>({
  control,
  name,
  mono,
  inputMode,
  placeholder,
  onEdited,
  ...look
}: FieldProps<Draft, Values, string> & {
  mono?: boolean
  /** Decimal where parts of one make sense: phones show no point otherwise. */
  inputMode?: 'numeric' | 'decimal'
  placeholder?: string
  /** After the field's own change: for fields that others depend on. */
  onEdited?: (text: string) => void
}) {
  const { field, fieldState } = useController({ control, name })
  const ids = useFieldIds(name)
  const error = fieldState.error?.message
  return (
    <FieldFrame name={name} look={look} error={error}>
      <Input
        {...field}
        id={ids.id}
        inputMode={inputMode}
        placeholder={placeholder}
        aria-required={look.required}
        aria-invalid={error ? true : undefined}
        aria-describedby={ids.describedBy(look.hint, error)}
        className={clsx(mono && 'font-mono text-[12.5px]')}
        onChange={(event) => {
          field.onChange(event)
          onEdited?.(event.target.value)
        }}
      />
    </FieldFrame>
  )
}

export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly disabled?: boolean
}

export function SelectField<Draft extends FieldValues, Values>({
  control,
  name,
  options,
  onChosen,
  ...look
}: FieldProps<Draft, Values, string> & { options: readonly Option[]; onChosen?: (value: string) => void }) {
  const { field, fieldState } = useController({ control, name })
  const ids = useFieldIds(name)
  const error = fieldState.error?.message
  return (
    <FieldFrame name={name} look={look} error={error}>
      <Select
        {...field}
        id={ids.id}
        aria-required={look.required}
        aria-invalid={error ? true : undefined}
        aria-describedby={ids.describedBy(look.hint, error)}
        onChange={(event) => {
          field.onChange(event)
          onChosen?.(event.target.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </Select>
    </FieldFrame>
  )
}

/** A few choices side by side. A value that is none of them (read from SWR) leaves all unchosen. */
export function ChoiceField<Draft extends FieldValues, Values>({
  control,
  name,
  options,
  onChosen,
  ...look
}: FieldProps<Draft, Values, string> & { options: readonly Option[]; onChosen?: (value: string) => void }) {
  const { field, fieldState } = useController({ control, name })
  const ids = useFieldIds(name)
  const error = fieldState.error?.message
  return (
    <FieldFrame name={name} look={look} error={error} group>
      <Segmented
        name={name}
        value={field.value}
        options={options}
        labelledBy={look.labelId ?? ids.label}
        describedBy={ids.describedBy(look.hint, error)}
        onChange={(value) => {
          field.onChange(value)
          onChosen?.(value)
        }}
      />
    </FieldFrame>
  )
}

/** Yes or no, with the consequence beside it. */
export function CheckField<Draft extends FieldValues, Values>({
  control,
  name,
  label,
  hint,
}: FieldProps<Draft, Values, boolean>) {
  const { field } = useController({ control, name })
  const ids = useFieldIds(name)
  return (
    <div className="flex items-start gap-2">
      <Checkbox
        id={ids.id}
        ref={field.ref}
        name={field.name}
        checked={field.value}
        onChange={(event) => field.onChange(event.target.checked)}
        onBlur={field.onBlur}
        aria-describedby={hint ? ids.hint : undefined}
        className="mt-0.5"
      />
      <div>
        <label htmlFor={ids.id} className="font-medium">
          {label}
        </label>
        {hint && (
          <div id={ids.hint} className="text-ink-3 text-xs">
            {hint}
          </div>
        )}
      </div>
    </div>
  )
}
