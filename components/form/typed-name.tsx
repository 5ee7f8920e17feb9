'use client'

import { useId, useState } from 'react'
import { Input } from '@/components/ui/input'

/** A name that has to be typed before an act that cannot be undone: the field, and the check that says whether it was. */
export function useTypedName(name: string, words: { readonly label: string; readonly differs: string }) {
  const [typed, setTyped] = useState('')
  const [differs, setDiffers] = useState(false)
  const id = useId()
  return {
    field: (
      <div className="mt-3">
        <label htmlFor={id} className="mb-1 block w-fit font-medium wrap-anywhere">
          {words.label}
        </label>
        <Input
          id={id}
          value={typed}
          autoComplete="off"
          aria-invalid={differs ? true : undefined}
          aria-describedby={differs ? `${id}-error` : undefined}
          onChange={(event) => {
            setTyped(event.target.value)
            setDiffers(false)
          }}
        />
        {differs && (
          <p id={`${id}-error`} className="mt-1 text-bad text-xs">
            {words.differs}
          </p>
        )}
      </div>
    ),
    /** False, with the complaint at the field, when it is another name. */
    check: () => {
      setDiffers(typed !== name)
      if (typed !== name) document.getElementById(id)?.focus()
      return typed === name
    },
  }
}
