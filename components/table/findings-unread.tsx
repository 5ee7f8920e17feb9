'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/note'
import type { Findings } from '@/lib/contract/checks'
import { oneOf } from '@/lib/policy/choice'
import { problemCodes } from '@/lib/problem'

/** A problem's code in words. */
export function useProblemWords() {
  const t = useTranslations('problem')
  return (code: string | null) => t(`${oneOf(problemCodes, code ?? undefined) ?? 'unexpected'}.title`)
}

/** What the checks could not look at, and why. Nothing while all is known. */
export function FindingsUnread({
  findings: { unread, problem, looked },
  className,
}: {
  findings: Findings
  className?: string
}) {
  const t = useTranslations('checks.unread')
  const because = useProblemWords()
  if (unread.length === 0) return null
  return (
    <Note tone="warn" role="status" className={className}>
      <p className="font-medium">{t('label')}</p>
      <ul>
        {unread.map((part) => (
          <li key={part}>{t(part, looked)}</li>
        ))}
      </ul>
      {problem !== null && <p>{t('because', { reason: because(problem) })}</p>}
    </Note>
  )
}
