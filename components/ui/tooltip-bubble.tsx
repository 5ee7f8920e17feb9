'use client'

import { useEffectEvent, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'

const gapPx = 6
const edgePx = 8
/** Where a screen reader looks for content: a bubble belongs to the part of the page that its element is in. */
const landmarks = 'main, nav, [role=dialog], [role=alertdialog]'

/** A text at its element, above everything, a dialog too; goes when the element does or leaves the window. */
export function TooltipBubble({ target, text, onGone }: { target: HTMLElement; text: string; onGone: () => void }) {
  const bubble = useRef<HTMLDivElement>(null)
  const gone = useEffectEvent(onGone)
  useLayoutEffect(() => {
    const element = bubble.current
    if (!element) return
    element.showPopover()
    const place = () => {
      const anchor = target.getBoundingClientRect()
      const { width, height } = element.getBoundingClientRect()
      const below = anchor.bottom + gapPx
      const top = below + height + edgePx <= window.innerHeight ? below : anchor.top - gapPx - height
      const left = anchor.left + anchor.width / 2 - width / 2
      element.style.top = `${Math.max(edgePx, top)}px`
      element.style.left = `${Math.max(edgePx, Math.min(left, document.documentElement.clientWidth - width - edgePx))}px`
    }
    place()
    const watch = new IntersectionObserver(([entry]) => {
      if (entry && !entry.isIntersecting) gone()
    })
    watch.observe(target)
    const stop = new AbortController()
    window.addEventListener('scroll', place, { capture: true, passive: true, signal: stop.signal })
    window.addEventListener('resize', place, { passive: true, signal: stop.signal })
    return () => {
      watch.disconnect()
      stop.abort()
      element.hidePopover()
    }
  }, [target])
  return createPortal(
    <div
      ref={bubble}
      role="tooltip"
      popover="manual"
      className="fixed inset-auto m-0 max-w-72 rounded-md border border-line-strong bg-surface px-2 py-1 text-ink text-xs wrap-anywhere tabular-nums print:hidden"
    >
      {text}
    </div>,
    target.closest(landmarks) ?? document.body,
  )
}
