'use client'

import { useTranslations } from 'next-intl'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { type Problem, problemOf } from '@/lib/contract/problem'

/** What an admin can accept of a run, or another one confirm, but nobody of a schedule. */
const ownProblems = ['retention_in_use', 'retention_above_ceiling'] as const

export function EnableProblem({ error }: { error: Problem }) {
  const t = useTranslations('retention.enable.problem')
  const { code } = problemOf(error)
  const own = ownProblems.find((each) => each === code)
  return <DialogProblem error={error} title={own && t(`${own}.title`)} advice={own && t(`${own}.advice`)} />
}
