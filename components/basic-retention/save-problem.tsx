'use client'

import { useTranslations } from 'next-intl'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { problemOf } from '@/lib/contract/problem'

/** What stands for a run of a policy elsewhere: here there is no dry run. */
const ownProblems = [
  'retention_outdated',
  'retention_in_use',
  'retention_above_ceiling',
  'retention_not_waiting',
] as const

export function SaveProblem({ error }: { error: unknown }) {
  const t = useTranslations('basicRetention.problem')
  const { code } = problemOf(error)
  const own = ownProblems.find((each) => each === code)
  return <DialogProblem error={error} title={own && t(`${own}.title`)} advice={own && t(`${own}.advice`)} />
}
