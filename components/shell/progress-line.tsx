'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { endPageChange, endQueryChange, useNextPath } from './page-change'

/** Longer than any page takes: the way was given up. */
const longestMs = 30_000

/** A thin line at the top of the window once another page has been on its way for a moment, until it is there. */
export function ProgressLine() {
  const t = useTranslations('common')
  const path = usePathname()
  const query = useSearchParams().toString()
  const next = useNextPath()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, also than the one that was asked for, is an arrival
  useEffect(() => endPageChange, [path])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is an arrival
  useEffect(() => () => endQueryChange(path), [query])
  useEffect(() => {
    if (next === null) return
    const timer = setTimeout(endPageChange, longestMs)
    return () => clearTimeout(timer)
  }, [next])
  return (
    next !== null && (
      <div
        role="progressbar"
        aria-label={t('loading')}
        className="pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5 origin-left animate-progress bg-accent print:hidden"
      />
    )
  )
}
