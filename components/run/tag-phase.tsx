'use client'

import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import type { TagPhase, TaskAct } from '@/lib/contract/swr/runs'

export const phaseKinds = {
  succeeded: 'ok',
  failed: 'bad',
  running: 'busy',
  waiting: 'off',
  stopped: 'off',
  unknown: 'warn',
} as const satisfies Record<TagPhase, StatusKind>

/** How a tag or a repository of a run is doing; a status that we do not know is shown as SWR writes it. */
export function PhaseStatus({ act, phase, status }: { act: TaskAct; phase: TagPhase; status: string }) {
  const t = useTranslations('run')
  const word = t(act === 'deletion' ? `deletion.${phase}` : `phase.${phase}`)
  return <Status kind={phaseKinds[phase]}>{phase === 'unknown' && status ? status : word}</Status>
}
