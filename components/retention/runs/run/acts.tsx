'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useActor, useCan } from '@/components/context/actor'
import { Confirm } from '@/components/shell/confirm'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { useApiWrite } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { runInput, staleRuns } from '../queries'
import { canCancel } from './state'

const ConfirmRun = dynamic(() => import('./confirm-run').then((module) => module.ConfirmRun), { ssr: false })

/** Agree to a run above the ceiling, or end one that has not begun to delete. */
export function RunActs({ place, run }: { place: RetentionLocation; run: RetentionRun }) {
  const t = useTranslations('retentionRuns.run')
  const [asked, setAsked] = useState<'confirm' | 'cancel' | null>(null)
  const may = useCan('retentionRunConfirm')
  const isOwn = useActor()?.id === run.actorId
  const close = () => setAsked(null)
  return (
    <>
      {canCancel(run) && (
        <GatedButton operation="retentionRunCancel" onClick={() => setAsked('cancel')}>
          {t('cancel')}
        </GatedButton>
      )}
      {run.state === 'waiting' && (
        <ReasonedButton
          look="danger"
          reason={may.reason ?? (isOwn ? t('anotherAdmin') : undefined)}
          onClick={() => setAsked('confirm')}
        >
          {t('confirm')}
        </ReasonedButton>
      )}
      {asked === 'cancel' && <CancelRun place={place} run={run} onClose={close} />}
      {asked === 'confirm' && <ConfirmRun place={place} run={run} onClose={close} />}
    </>
  )
}

interface Question {
  readonly place: RetentionLocation
  readonly run: RetentionRun
  readonly onClose: () => void
}

function CancelRun({ place, run, onClose }: Question) {
  const t = useTranslations('retentionRuns.run')
  const cancel = useApiWrite('retentionRunCancel', { stale: staleRuns })
  return (
    <Confirm
      title={t('cancelTitle')}
      act={{ label: t('cancel'), look: 'danger' }}
      mutation={cancel}
      onConfirm={() => cancel.mutate(runInput(place, run.id), { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('cancelText')}</p>
    </Confirm>
  )
}
