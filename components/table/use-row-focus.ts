import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'

const reachable = 'button, input, select'

/**
 * Whoever deletes a row stood in it: when it goes, the focus goes to the row that has taken its place, or to the place of
 * the rows when none has. Rows name their position as `data-row`.
 */
export function useRowFocus(place: RefObject<HTMLElement | null>, ids: readonly string[]) {
  const stood = useRef<{ id: string; at: number } | null>(null)

  const note = useEffectEvent(({ target }: FocusEvent) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
    const at = Number(row?.dataset.row ?? -1)
    const id = ids[at]
    stood.current = id === undefined ? null : { id, at }
  })
  useEffect(() => {
    const element = place.current
    const listen = (event: FocusEvent) => note(event)
    element?.addEventListener('focusin', listen)
    return () => element?.removeEventListener('focusin', listen)
  })

  // A dialog that is still open gives the focus back to what is gone when it closes: the next look finds it nowhere.
  useEffect(() => {
    const last = stood.current
    if (last === null || ids.includes(last.id)) return
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return
      stood.current = null
      const next = place.current?.querySelector<HTMLElement>(`[data-row="${Math.min(last.at, ids.length - 1)}"]`)
      // Its name is a link; a box to choose it may stand before that.
      const name = next?.querySelector<HTMLElement>('a[href]') ?? next?.querySelector<HTMLElement>(reachable)
      const target = name ?? place.current
      // Whoever only looks at another part of the page is not moved.
      target?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  })
}
