'use client'

import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react'

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/**
 * A combobox whose list is always open, by the ARIA pattern: the focus stays in the field, the arrows move through the options
 * and Enter takes the active one. Without an active option Enter is left to `onEnter`, which takes what is typed.
 */
export function useCombobox({
  text,
  options,
  onTake,
  onEnter,
}: {
  text: string
  options: readonly string[]
  onTake: (option: string) => void
  onEnter: () => void
}) {
  const id = useId()
  const [moved, setMoved] = useState({ text, option: '' })
  // Typing brings one back to the field, also when the text becomes what it was.
  if (moved.text !== text) setMoved({ text, option: '' })
  const active = moved.text === text ? options.indexOf(moved.option) : -1
  const optionId = (index: number) => `${id}-${index}`

  const move = (step: number) => {
    const next = active === -1 && step < 0 ? options.length - 1 : (active + step + options.length) % options.length
    setMoved({ text, option: options[next] ?? '' })
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method has these keys for itself.
    if (event.nativeEvent.isComposing) return
    const step = steps[event.key]
    if (step !== undefined && options.length > 0) {
      event.preventDefault()
      move(step)
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    const option = options[active]
    if (option === undefined) onEnter()
    else onTake(option)
  }
  return {
    field: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': options.length > 0,
      'aria-controls': options.length > 0 ? id : undefined,
      'aria-activedescendant': active === -1 ? undefined : optionId(active),
      onKeyDown,
    },
    list: { id },
    option: (index: number) => ({
      id: optionId(index),
      'data-active': index === active ? true : undefined,
      // The focus stays in the field.
      onMouseDown: (event: MouseEvent) => event.preventDefault(),
      onClick: () => onTake(options[index] ?? ''),
    }),
  } as const
}

export type Combobox = ReturnType<typeof useCombobox>

/** Look of an option; the active one has the edge that the focus would have. */
export const optionClass =
  'cursor-pointer px-2.5 py-1.5 hover:bg-sunken data-active:bg-sunken data-active:outline-2 data-active:outline-accent data-active:-outline-offset-2'
