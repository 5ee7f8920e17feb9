'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useActor, useCan } from '@/components/context/actor'
import { useTypedName } from '@/components/form/typed-name'
import { Confirm } from '@/components/shell/confirm'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { useApiWrite } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { runInput, staleRuns } from '../queries'
import { canCancel } from './state'

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

/** The second admin sees the numbers of the first, and types the namespace too. */
function ConfirmRun({ place, run, onClose }: Question) {
  const t = useTranslations('retentionRuns.run')
  const a = useTranslations('retentionRuns.ask')
  const bytes = useBytes()
  const confirm = useApiWrite('retentionRunConfirm', { stale: staleRuns })
  const { namespace } = place
  const typed = useTypedName(namespace, { label: a('typed', { namespace }), differs: a('differs') })
  const { images, tags, bytes: size } = run.planned
  return (
    <Confirm
      title={t('confirmTitle', { count: images, namespace })}
      act={{ label: t('confirmAct', { count: images }), look: 'danger' }}
      mutation={confirm}
      onConfirm={() =>
        typed.check() &&
        confirm.mutate({ ...runInput(place, run.id), body: { confirm: namespace } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>{t('confirmText', { name: run.actorName, images, tags, size: bytes(size) })}</p>
      <p className="mt-2">{t(run.archive ? 'confirmCopies' : 'confirmGone')}</p>
      {run.reason && <p className="mt-2 text-ink-2 wrap-anywhere">{t('reason', { reason: run.reason })}</p>}
      {typed.field}
    </Confirm>
  )
}
