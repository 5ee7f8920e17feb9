'use client'

import dynamic from 'next/dynamic'
import type { LeaveWords } from './leave-dialog'
import type { LeaveGuard } from './use-leave-guard'

// Without `ssr: false` it would wait in the boundary of what stands around it, which hides that meanwhile.
const LeaveDialog = dynamic(() => import('./leave-dialog').then((module) => module.LeaveDialog), { ssr: false })

/** The question of a leave guard, while it stands. */
export function LeaveQuestion({
  guard: { question, stay },
  words,
}: {
  guard: LeaveGuard
  words?: LeaveWords | undefined
}) {
  return question && <LeaveDialog words={words} onStay={stay} onLeave={question.leave} />
}
