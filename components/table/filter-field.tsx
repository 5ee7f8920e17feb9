'use client'

import clsx from 'clsx'
import { type ReactNode, useRef, useState } from 'react'
import { Input } from '@/components/ui/input'

/** A filter with its label above. */
export function Filter({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
    <label className={clsx('block min-w-0', wide && '@max-table:col-span-2')}>
      <span className="mb-0.5 block text-ink-3 text-xs">{label}</span>
      {children}
    </label>
  )
}

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string | null) => void
}

/** Asks when typing pauses. */
export function TextFilter({ label, placeholder, value, onChange }: FieldProps & { placeholder: string }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [draft, setDraft] = useState({ text: value, for: value })
  // The address changed by other means (back, clear filters): it wins over what is typed.
  if (draft.for !== value) setDraft({ text: draft.text.trim() === value ? draft.text : value, for: value })
  const type = (text: string, wait: number) => {
    clearTimeout(timer.current)
    setDraft({ text, for: value })
    timer.current = setTimeout(() => text.trim() !== value && onChange(text.trim() || null), wait)
  }
  return (
    <Filter label={label}>
      <Input
        value={draft.text}
        placeholder={placeholder}
        onChange={({ target }) => type(target.value, 400)}
        onBlur={() => type(draft.text, 0)}
      />
    </Filter>
  )
}
