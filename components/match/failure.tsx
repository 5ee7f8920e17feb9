'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/lib/contract/problem'
import { isFieldCode } from '@/lib/policy/validation-codes'

/** Why nothing can be said about what matches. It does not stop the form, so it does not call out either. */
export function MatchFailure({ problem, pull, retry }: { problem: Problem; pull: boolean; retry: () => void }) {
  const t = useTranslations('matches')
  const p = useTranslations('problem')
  const f = useTranslations('field')
  const flaw = Object.values(problem.fields ?? {}).find(isFieldCode)
  // Asked again, the same patterns would be refused again.
  if (flaw)
    return (
      <Note tone="warn" className="m-3">
        {f(flaw)}
      </Note>
    )
  return (
    <Note tone="bad" className="m-3">
      <p className="font-medium">{t(pull ? 'failedAtSource' : 'failed')}</p>
      <p className="mt-0.5">{p(`${problem.code}.title`)}</p>
      <Button className="mt-2" onClick={retry}>
        {t('retry')}
      </Button>
    </Note>
  )
}
