'use client'

import { useEffect, useRef, useState } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'

interface Options<Draft extends FieldValues> {
  /** Names the draft among those of this tab. */
  readonly key: string
  /** Fields that always come from the server and never from a draft. */
  readonly serverFields?: readonly (keyof Draft & string)[]
  /** Fields that no browser may keep. */
  readonly unsavedFields?: readonly (keyof Draft & string)[]
  /** What the form holds at first, where that is not what it was opened on. */
  readonly initialValues?: Draft | undefined
  /** What goes along when the key of an open form changes and no draft waits under the new one. Left out: all of it, unsaved. */
  readonly carried?: ((draft: Draft) => Draft) | undefined
}

export interface FormDraft {
  /** A draft was found and is what the form shows. */
  readonly restored: boolean
  /** The form is done: nothing of it is kept. */
  readonly forget: () => void
  /** Back to what the form was opened on. */
  readonly discard: () => void
}

/**
 * Keeps what is typed in this tab's storage, so that it survives a reload, a lost session and a crash: only what differs
 * from what the form was opened on, or a draft would undo what others have changed since.
 */
export function useDraft<Draft extends FieldValues, Context, Values>(
  form: UseFormReturn<Draft, Context, Values>,
  { key, serverFields = [], unsavedFields = [], initialValues, carried }: Options<Draft>,
): FormDraft {
  const storageKey = `draft:${key}`
  const [restored, setRestored] = useState(false)
  const finished = useRef(false)
  const openKey = useRef(storageKey)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is restored once, when its form opens or moves
  useEffect(() => {
    const draft = readDraft(storageKey)
    const earlier = openKey.current
    openKey.current = storageKey
    const hasMoved = carried !== undefined && earlier !== storageKey
    if (hasMoved && draft === null) {
      form.reset(carried(form.getValues()), { keepDefaultValues: true })
      if (sessionStorage.getItem(earlier) !== null) {
        const changed = changedIn(form.getValues(), form.formState.defaultValues, unsavedFields)
        sessionStorage.setItem(storageKey, JSON.stringify(changed))
        sessionStorage.removeItem(earlier)
      }
      setRestored(false)
    } else if (draft || initialValues) {
      if (hasMoved) form.reset()
      const current = { ...form.getValues(), ...initialValues }
      for (const [name, value] of Object.entries(draft ?? {})) {
        if (name in current && !serverFields.includes(name) && !unsavedFields.includes(name))
          Object.assign(current, { [name]: value })
      }
      form.reset(current, { keepDefaultValues: true })
      setRestored(draft !== null && (form.formState.isDirty || differs(current, form.formState.defaultValues)))
    } else setRestored(false)
    const stop = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty, defaultValues }) => {
        if (finished.current) return
        if (isDirty) sessionStorage.setItem(storageKey, JSON.stringify(changedIn(values, defaultValues, unsavedFields)))
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
    forget,
    discard: () => {
      sessionStorage.removeItem(storageKey)
      setRestored(false)
      form.reset()
    },
  }
}

const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)

function changedIn(values: object, opened: Readonly<Record<string, unknown>> = {}, unsaved: readonly string[] = []) {
  const saved = Object.entries(values).filter(([name]) => !unsaved.includes(name))
  return Object.fromEntries(saved.filter(([name, value]) => differs(value, opened[name])))
}

function readDraft(key: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
