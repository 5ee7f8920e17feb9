'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Note } from '@/components/ui/alert'
import type { CopyPlan, Matches } from '@/lib/contract/console/matches'
import { problemCodes } from '@/lib/contract/problem'
import { parseEnum } from '@/lib/policy/enum'

/** The browser's clock, read every few seconds. */
function useClock() {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** How old the listing is, or how far it has come. */
export function ListingAge({ matches: { at, refreshing, complete, listed } }: { matches: Matches }) {
  const t = useTranslations('matches')
  const age = useAge(at)
  return (
    <span className="text-ink-3 text-sm tabular-nums">
      {refreshing && !complete ? t('listing', { tags: listed.tags }) : t('age', age)}
    </span>
  )
}

/** Arguments of `matches.age`. */
export function useAge(at: string) {
  const seconds = Math.max(0, Math.round((useClock() - new Date(at).getTime()) / 1000))
  if (seconds < 5) return { unit: 'now', count: 0 }
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  return { unit: 'minutes', count: Math.round(seconds / 60) }
}

/** What the listing does not hold, and why. */
export function ListingNotes({
  matches: { capped, problem, complete, listed },
  className,
}: {
  matches: Matches
  className: string
}) {
  const t = useTranslations('matches')
  const because = useReason()
  if (problem !== null)
    return (
      <Note tone="warn" className={className}>
        {t(complete ? 'notRenewed' : 'halfWay', { ...listed, reason: because(problem) })}
      </Note>
    )
  if (!capped) return null
  return (
    <Note tone="info" className={className}>
      {t('capped', listed)}
    </Note>
  )
}

/** A problem's code in words. */
export function useReason() {
  const p = useTranslations('problem')
  return (code: CopyPlan['problem']) => p(`${parseEnum(problemCodes, code) ?? 'unexpected'}.title`)
}
