'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import { tooltipSelector, tooltipTextOf } from './tooltip'

const Bubble = lazy(() => import('./tooltip-bubble').then((module) => ({ default: module.TooltipBubble })))

const hoverDelayMs = 300
/** Time to move from the element into its bubble, which may be read and selected. */
const leaveDelayMs = 120

/** What stands at a place of the page and has a tooltip. */
const describedAt = (place: EventTarget | null) =>
  place instanceof Element ? place.closest<HTMLElement>(tooltipSelector) : null

/** The keyboard only reaches controls: one in the same cell of a table speaks for what cannot be reached. */
const describedFor = (control: EventTarget | null) =>
  describedAt(control) ??
  (control instanceof Element ? (control.closest('td, th')?.querySelector<HTMLElement>(tooltipSelector) ?? null) : null)

/** An act of its own needs no tap for its tooltip. */
const isActive = (element: Element) =>
  element.closest('a, button, label, summary') !== null && element.closest('[aria-disabled=true]') === null

/** Shows the one tooltip of the page. The bubble is loaded when the first is asked for. */
export function Tooltips() {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted: HTMLElement | null = null
    // A tap moves the focus after it has shown its tooltip: only what the focus brought goes with it.
    let isOfFocus = false
    const want = (element: HTMLElement | null, delayMs: number) => {
      clearTimeout(timer)
      wanted = element
      isOfFocus = false
      // What is opened speaks for itself, and a bubble would cover it.
      const show = () => setTarget(element?.getAttribute('aria-expanded') === 'true' ? null : element)
      if (delayMs === 0) show()
      else timer = setTimeout(show, delayMs)
    }
    const overBubble = (place: EventTarget | null) =>
      place instanceof Element && place.closest('[role=tooltip]') !== null
    const listeners = {
      pointerover: (event: PointerEvent) => {
        if (event.pointerType === 'touch') return
        if (overBubble(event.target)) {
          clearTimeout(timer)
          wanted = null
          return
        }
        const element = describedAt(event.target)
        if (element !== wanted) want(element, element ? hoverDelayMs : leaveDelayMs)
      },
      pointerdown: (event: PointerEvent) => {
        if (!overBubble(event.target)) want(null, 0)
      },
      pointerup: (event: PointerEvent) => {
        const element = event.pointerType === 'touch' ? describedAt(event.target) : null
        if (element && !isActive(element)) want(element, 0)
      },
      focusin: (event: FocusEvent) => {
        if (!(event.target instanceof Element) || !event.target.matches(':focus-visible')) return
        want(describedFor(event.target), 0)
        isOfFocus = true
      },
      focusout: () => {
        if (isOfFocus) want(null, 0)
      },
      keydown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') want(null, 0)
      },
    } as const
    const stop = new AbortController()
    for (const [name, listen] of Object.entries(listeners))
      document.addEventListener(name, listen as (event: Event) => void, { signal: stop.signal })
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [])
  const text = target && tooltipTextOf(target)
  return (
    target &&
    text && (
      <Suspense>
        <Bubble key={text} target={target} text={text} onGone={() => setTarget(null)} />
      </Suspense>
    )
  )
}
