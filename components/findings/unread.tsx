'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { Findings } from '@/lib/contract/console/checks'
import { problemCodes } from '@/lib/contract/problem'
import { parseEnum } from '@/lib/policy/enum'

/** A problem's code in words. */
export function useProblemWords() {
  const t = useTranslations('problem')
  return (code: string | null) => t(`${parseEnum(problemCodes, code ?? undefined) ?? 'unexpected'}.title`)
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
