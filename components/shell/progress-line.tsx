'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useState } from 'react'

/** Longer than any page takes: the way was given up. */
const longestMs = 30_000

/** The address that a click leads to within the console; null where it leads nowhere else, or out of it. */
function destinationOf(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  if (elsewhere || !(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.download) return null
  if (link.hasAttribute('download') || link.origin !== window.location.origin) return null
  const { pathname, search } = window.location
  return link.pathname + link.search === pathname + search ? null : link.pathname + link.search
}

/** A thin line at the top of the window once a click has led to another page for a moment, until that page is there. */
export function ProgressLine() {
  const t = useTranslations('common')
  const here = `${usePathname()}?${useSearchParams()}`
  const [leaving, setLeaving] = useState<string | null>(null)
  const start = useEffectEvent((event: MouseEvent) => {
    if (destinationOf(event) !== null) setLeaving(here)
  })
  useEffect(() => {
    const listen = (event: MouseEvent) => start(event)
    // After the questions of forms with unsaved changes, which keep the click to themselves.
    window.addEventListener('click', listen)
    return () => window.removeEventListener('click', listen)
  }, [])
  const pending = leaving === here
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => setLeaving(null), longestMs)
    return () => clearTimeout(timer)
  }, [pending])
  return (
    pending && (
      <div
        role="progressbar"
        aria-label={t('loading')}
        className="pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5 origin-left animate-progress bg-accent print:hidden"
      />
    )
  )
}
