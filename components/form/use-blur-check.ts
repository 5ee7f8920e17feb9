import { type FocusEvent, type FormEvent, useEffect, useRef } from 'react'
import { type FieldPath, type FieldValues, get, type UseFormReturn } from 'react-hook-form'

const nameOf = (event: FocusEvent | FormEvent) =>
  'name' in event.target && typeof event.target.name === 'string' ? event.target.name : ''

/**
 * Checks a field when it is left, and again while a complaint of it is being mended. Not React Hook Form's own check on
 * blur: that one shows its complaint between the press and the release of a pointer, which moves the page under it, and
 * the click on what stood below is lost.
 */
export function useBlurCheck<Draft extends FieldValues, Context, Values>(form: UseFormReturn<Draft, Context, Values>) {
  const pressed = useRef(false)
  const left = useRef(new Set<FieldPath<Draft>>())
  const { trigger, getFieldState } = form
  const check = () => {
    if (pressed.current || left.current.size === 0) return
    void trigger([...left.current])
    left.current.clear()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what `check` reads stays the same objects
  useEffect(() => {
    const stop = new AbortController()
    const listen = { capture: true, signal: stop.signal }
    const press = () => {
      pressed.current = true
    }
    const release = () => {
      pressed.current = false
      // The click follows the release.
      setTimeout(check)
    }
    document.addEventListener('pointerdown', press, listen)
    document.addEventListener('pointerup', release, listen)
    document.addEventListener('pointercancel', release, listen)
    return () => stop.abort()
  }, [])

  // Of a list, one entry of which is `rules.0.amount`.
  const isField = (name: string): name is FieldPath<Draft> => name !== '' && get(form.getValues(), name) !== undefined
  return {
    onBlur: (event: FocusEvent) => {
      const name = nameOf(event)
      if (!isField(name)) return
      left.current.add(name)
      setTimeout(check)
    },
    onChange: (event: FormEvent) => {
      const name = nameOf(event)
      if (isField(name) && getFieldState(name).error) void trigger(name)
    },
  }
}
