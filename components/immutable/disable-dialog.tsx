'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import type { InstanceLocation } from '@/lib/routes'
import { ScheduleNote } from './schedule-note'

const idle = { isPending: false, error: null }

/** Before a rule is switched off on which a schedule of retention was armed. */
export function DisableRule({
  at,
  rule,
  namespace,
  onConfirm,
  onClose,
}: {
  at: InstanceLocation
  rule: ImmutableRule
  namespace: string
  onConfirm: () => void
  onClose: () => void
}) {
  const t = useTranslations('immutable')
  return (
    <Confirm
      title={t('schedule.title', { namespace })}
      act={{ label: t('schedule.act'), look: 'danger' }}
      mutation={idle}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p className="mb-2">{t('deleteText')}</p>
      <ScheduleNote at={at} rule={rule} namespace={namespace} change="remove" />
    </Confirm>
  )
}
