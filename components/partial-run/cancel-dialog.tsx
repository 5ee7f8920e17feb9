'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import type { PartialRun } from '@/lib/contract/console/partial-runs'
import { useOwnMutation } from '@/lib/query/own'
import type { ScopedPlace } from './query'
import { isPartMoving } from './state'

export function CancelDialog({ place, run, onClose }: { place: ScopedPlace; run: PartialRun; onClose: () => void }) {
  const t = useTranslations('scoped.cancel')
  const cancel = useOwnMutation('scopedRunCancel', { stale: ['scopedRunList'] })
  const params = {
    connection: place.connection,
    instance_id: place.instance,
    policy_id: String(place.policy),
    scoped_run_id: String(run.id),
  }
  return (
    <Confirm
      title={t('title')}
      act={{ label: t('confirm'), look: 'danger' }}
      mutation={cancel}
      onConfirm={() => cancel.mutate({ params }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('text')}</p>
      <p className="mt-2 text-ink-2">{t('waits', { count: run.parts.filter(isPartMoving).length })}</p>
    </Confirm>
  )
}
