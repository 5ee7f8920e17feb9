'use client'

import { type ReactNode, useId } from 'react'
import { Select } from '@/components/ui/input'

/** One control of the schedule's picker with its label. */
export function Pick({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block w-fit font-medium">
        {label}
      </label>
      {children}
    </div>
  )
}

/** One of a few numbers. */
export function NumberPick({
  name,
  label,
  value,
  options,
  onChange,
}: {
  name: string
  label: string
  value: number
  options: readonly number[]
  onChange: (value: number) => void
}) {
  const id = useId()
  return (
    <Pick id={id} label={label}>
      <Select id={id} name={name} value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
    </Pick>
  )
}
