'use client'

import { useEffect, useRef, useState } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'

/**
 * Keeps what is typed in this tab's storage, so that it survives a reload, a lost session and a crash: only what differs
 * from what the form was opened on, or a draft would undo what others have changed since. `fresh` names the fields that
 * always come from the server and never from a draft; `filled` is what the form holds at first beside its defaults;
 * `unkept` are fields that no browser may keep.
 */
export function useDraft<Draft extends FieldValues, Context, Values>(
  form: UseFormReturn<Draft, Context, Values>,
  key: string,
  fresh: readonly (keyof Draft & string)[] = [],
  filled?: Draft,
  unkept: readonly (keyof Draft & string)[] = [],
) {
  const storageKey = `draft:${key}`
  const [restored, setRestored] = useState(false)
  const finished = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is restored once, when its form opens
  useEffect(() => {
    const draft = readDraft(storageKey)
    if (draft || filled) {
      const current = { ...form.getValues(), ...filled }
      for (const [name, value] of Object.entries(draft ?? {})) {
        if (name in current && !fresh.includes(name) && !unkept.includes(name))
          Object.assign(current, { [name]: value })
      }
      form.reset(current, { keepDefaultValues: true })
      setRestored(draft !== null && (form.formState.isDirty || differs(current, form.formState.defaultValues)))
    } else setRestored(false)
    const stop = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty, defaultValues }) => {
        if (finished.current) return
        if (isDirty) sessionStorage.setItem(storageKey, JSON.stringify(changedIn(values, defaultValues, unkept)))
        else sessionStorage.removeItem(storageKey)
      },
    })
    return stop
  }, [storageKey])

  const forget = () => {
    finished.current = true
    sessionStorage.removeItem(storageKey)
  }
  return {
    restored,
    /** The form is done: nothing of it is kept. */
    forget,
    /** Back to what the form was opened with. */
    discard: () => {
      sessionStorage.removeItem(storageKey)
      setRestored(false)
      form.reset()
    },
  }
}

const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)

function changedIn(values: object, opened: Readonly<Record<string, unknown>> = {}, unkept: readonly string[] = []) {
  const kept = Object.entries(values).filter(([name]) => !unkept.includes(name))
  return Object.fromEntries(kept.filter(([name, value]) => differs(value, opened[name])))
}

function readDraft(key: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
