'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useNow } from '@/components/context/clock'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import type { Run } from '@/lib/contract/swr/runs'
import { readStatus } from '@/lib/policy/runs/status'
import type { RunPlace } from './search-params'

const StopDialog = dynamic(() => import('./stop-dialog').then((module) => module.StopDialog))

/** After this time SWR may be asked once more: an answer can get lost. */
const patience = 30_000

/** Asks SWR to stop the run. Until SWR says that it has, it is stopping. */
export function StopRun({ at, run }: { at: RunPlace; run: Run }) {
  const t = useTranslations('run')
  const [open, setOpen] = useState(false)
  const now = useNow()
  const { phase } = readStatus(run.execution.status)
  const canStop = phase === 'running' || phase === 'unknown'
  const asked = run.stopAsked === null ? null : Date.parse(run.stopAsked.at)
  return (
    <>
      {canStop &&
        (asked !== null && now.getTime() - asked < patience ? (
          <ReasonedButton reason={t('stop.reason')} aria-busy="true">
            {t('state.stopping')}
          </ReasonedButton>
        ) : (
          <GatedButton operation="executionStop" look="danger" onClick={() => setOpen(true)}>
            {t(asked === null ? 'stop.act' : 'stop.again')}
          </GatedButton>
        ))}
      {/* It may say why SWR refused: a run that ends meanwhile does not take that away. */}
      {open && <StopDialog at={at} run={run} onClose={() => setOpen(false)} />}
    </>
  )
}
