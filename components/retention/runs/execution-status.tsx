'use client'

import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import { type Phase, readStatus } from '@/lib/policy/runs/status'

const kinds = {
  running: 'busy',
  succeeded: 'ok',
  failed: 'bad',
  stopped: 'off',
  unknown: 'off',
} as const satisfies Record<Phase, StatusKind>

/** How an execution, or a part of one, stands; a word that we do not know is shown as SWR writes it. */
export function ExecutionStatus({ status }: { status: string }) {
  const t = useTranslations('retentionRuns')
  const { phase } = readStatus(status)
  return <Status kind={kinds[phase]}>{phase === 'unknown' && status ? status : t(`status.${phase}`)}</Status>
}
