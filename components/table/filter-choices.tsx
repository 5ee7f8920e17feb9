'use client'

import clsx from 'clsx'
import { ChevronDown } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { Checkbox, controlClass } from '@/components/ui/input'

interface Option<Value> {
  readonly value: Value
  readonly label: string
}

/** A filter that takes several values: dashed while it lets everything through, marked while it narrows. */
export function FilterChoices<Value extends string>({
  label,
  any,
  options,
  groups,
  chosen,
  onChoose,
}: {
  label: string
  /** What it says while nothing is chosen. */
  any: string
  options: readonly Option<Value>[]
  /** Several values that have one name. */
  groups: readonly { readonly label: string; readonly values: readonly Value[] }[]
  chosen: readonly Value[]
  onChoose: (values: Value[]) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  // A click beside the choices closes them, and does what it is for as well.
  useEffect(() => {
    if (!open) return
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false)
    }
    document.addEventListener('click', onClick, true)
    return () => document.removeEventListener('click', onClick, true)
  }, [open])
  const has = (values: readonly Value[]) => values.every((value) => chosen.includes(value))
  const choose = (values: readonly Value[], wanted: boolean) =>
    onChoose(
      options.map(({ value }) => value).filter((value) => (values.includes(value) ? wanted : chosen.includes(value))),
    )
  const group = groups.find(({ values }) => values.length === chosen.length && has(values))
  const said = group
    ? [group.label]
    : options.filter(({ value }) => chosen.includes(value)).map((option) => option.label)
  const text = said.join(', ') || any
  const rows = [...groups, ...options.map(({ value, label: name }) => ({ label: name, values: [value] }))]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its controls leave over
    <div
      ref={box}
      className="relative max-w-full"
      onBlur={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) close()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        event.preventDefault()
        close()
        button.current?.focus()
      }}
    >
      <button
        ref={button}
        type="button"
        aria-label={`${label}: ${text}`}
        aria-expanded={open}
        aria-controls={id}
        className={clsx(
          controlClass(true),
          'flex max-w-full items-center gap-1.5 sm:max-w-52',
          said.length === 0 ? 'border-dashed text-ink-2!' : 'border-accent! bg-accent-soft! text-accent!',
        )}
        onClick={() => setOpen(!open)}
      >
        <span className="truncate">{text}</span>
        <ChevronDown aria-hidden size={14} className="shrink-0" />
      </button>
      {open && (
        <fieldset
          id={id}
          className="absolute z-20 mt-1 w-max min-w-full max-w-72 rounded-md border border-line-strong bg-surface p-1"
        >
          <legend className="sr-only">{label}</legend>
          {rows.map((row, index) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
            <label
              key={row.label}
              className={clsx(
                'flex min-h-8 items-center gap-2 rounded-sm px-2 hover:bg-sunken',
                index === groups.length && index > 0 && 'border-line border-t',
              )}
            >
              <Checkbox checked={has(row.values)} onChange={({ target }) => choose(row.values, target.checked)} />
              {row.label}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}
