'use client'

import clsx from 'clsx'
import { Select } from '@/components/ui/input'

/** One filter of a list: dashed while it lets everything through, marked while it narrows. */
export function FilterSelect<Value extends string>({
  label,
  any,
  options,
  chosen,
  onChoose,
}: {
  label: string
  /** What it says while nothing is chosen. */
  any: string
  options: readonly { readonly value: Value; readonly label: string }[]
  chosen: Value | null
  onChoose: (value: Value | null) => void
}) {
  return (
    <Select
      aria-label={label}
      compact
      className={clsx(
        'max-w-full field-sizing-content sm:max-w-52',
        chosen === null ? 'border-dashed text-ink-2!' : 'border-accent! bg-accent-soft! text-accent!',
      )}
      value={chosen ?? ''}
      onChange={(event) => onChoose(options.find(({ value }) => value === event.target.value)?.value ?? null)}
    >
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  )
}
