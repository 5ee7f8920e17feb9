'use client'

import { useTranslations } from 'next-intl'
import { useNextPath } from './page-change'

/** A thin line at the top of the window once another page has been on its way for a moment, until it is there. */
export function ProgressLine() {
  const t = useTranslations('common')
  const next = useNextPath()
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
