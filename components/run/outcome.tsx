'use client'

import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import type { Execution } from '@/lib/contract/swr/replication'
import { outcomeOf } from '@/lib/policy/runs/status'

const kinds = {
  running: 'busy',
  hanging: 'warn',
  succeeded: 'ok',
  partly_failed: 'bad',
  failed: 'bad',
  stopped: 'off',
  nothing_matched: 'warn',
  unknown: 'off',
} as const satisfies Record<ReturnType<typeof outcomeOf> | 'hanging', StatusKind>

/** How a run went, in a word; a status that we do not know is shown as SWR writes it. */
export function RunOutcome({ run, hangs = false }: { run: Execution; hangs?: boolean }) {
  const t = useTranslations('replication')
  const outcome = hangs ? 'hanging' : outcomeOf(run)
  return (
    <Status kind={kinds[outcome]}>
      {outcome === 'unknown' && run.status ? run.status : t(`runs.outcome.${outcome}`)}
    </Status>
  )
}
