'use client'

import { useTranslations } from 'next-intl'
import { RunOutcome } from '@/components/run/outcome'
import { Ago } from '@/components/shell/relative-time'
import { Status } from '@/components/ui/status'
import type { Run } from '@/lib/contract/swr/runs'
import { countedRow, repositoriesOf } from '@/lib/policy/runs/counters'
import { readStatus } from '@/lib/policy/runs/status'
import { parseTime } from '@/lib/policy/schedule/instant'
import { useTook } from './duration'

export const isRunning = ({ execution }: Run) => readStatus(execution.status).phase === 'running'

/** Before there is anything to count. */
export const isPreparing = (run: Run) => isRunning(run) && run.hangs === null && repositoriesOf(run) === 0

/** A run that was asked to stop is stopping until SWR says that it has. */
export function RunState({ run }: { run: Run }) {
  const t = useTranslations('run')
  if (isRunning(run) && run.stopAsked) return <Status kind="busy">{t('state.stopping')}</Status>
  if (isPreparing(run)) return <Status kind="busy">{t('state.preparing')}</Status>
  return <RunOutcome run={countedRow(run)} hangs={run.hangs !== null} />
}

const triggers = ['manual', 'scheduled', 'event_based'] as const

/** Below this, a minute says more than a second. */
const slow = 0.1

/** Who started it and when; then how long it will take, or took. */
export function RunLead({ run }: { run: Run }) {
  const t = useTranslations('run')
  const took = useTook()
  const { execution, rate, left } = run
  const trigger = triggers.find((known) => known === execution.trigger) ?? 'other'
  const [start, end] = [parseTime(execution.created_at), parseTime(execution.updated_at)]
  const isOver = !['running', 'unknown'].includes(readStatus(execution.status).phase)
  return (
    <span className="tabular-nums">
      {t.rich(`started.${trigger}`, { ago: () => <Ago time={execution.created_at} /> })}
      {isOver && start !== null && end !== null && ` · ${t('took', { time: took(end - start) })}`}
      {left !== null && ` · ${t('left', { time: took(left * 1000) })}`}
      {rate !== null && ` · ${rate < slow ? t('perMinute', { rate: rate * 60 }) : t('perSecond', { rate })}`}
    </span>
  )
}
