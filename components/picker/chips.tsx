'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'

/** Chosen names, each with a way out. */
export function RemovableChips({
  label,
  names,
  removeLabel,
  onRemove,
  marked = [],
  className,
}: {
  label?: string
  names: readonly string[]
  removeLabel: (name: string) => string
  onRemove: (name: string) => void
  /** Those that something is wrong with. */
  marked?: readonly string[]
  className?: string
}) {
  if (names.length === 0) return null
  return (
    <ul aria-label={label} className={clsx('flex flex-wrap gap-1.5', className)}>
      {names.map((name) => (
        <li
          key={name}
          className={clsx(
            'flex max-w-full items-center rounded-sm border bg-sunken pl-1.5 font-mono text-xs',
            marked.includes(name) ? 'border-bad text-bad' : 'border-line',
          )}
        >
          <span className="wrap-anywhere">{name}</span>
          <button
            type="button"
            aria-label={removeLabel(name)}
            className="grid size-6 shrink-0 place-items-center text-ink-3 hover:text-ink"
            onClick={() => onRemove(name)}
          >
            <X aria-hidden size={14} />
          </button>
        </li>
      ))}
    </ul>
  )
}
