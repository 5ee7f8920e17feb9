'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import type { PartialRun } from '@/lib/contract/console/partial-runs'
import { useApiWrite } from '@/lib/query/client'
import type { PartialRunLocation } from './query'
import { isPartMoving } from './state'

export function CancelDialog({
  place,
  run,
  onClose,
}: {
  place: PartialRunLocation
  run: PartialRun
  onClose: () => void
}) {
  const t = useTranslations('partialRun.cancel')
  const cancel = useApiWrite('partialRunCancel', { stale: ['partialRunList'] })
  const params = {
    connection: place.connection,
    instance_id: place.instance,
    policy_id: String(place.policy),
    partial_run_id: String(run.id),
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
