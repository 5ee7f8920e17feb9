'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { Status, type StatusKind } from '@/components/ui/status'
import { tooltip } from '@/components/ui/tooltip'
import type { PlanReason } from '@/lib/contract/console/sync'
import type { PlanCode, SendMode } from '@/lib/contract/console/sync-vocabulary'
import type { PlanCell } from './choices'

type Sendable = 'new' | 'same' | 'different' | 'not_visible'
const isSendable = (plan: PlanCode): plan is Sendable => ['new', 'same', 'different', 'not_visible'].includes(plan)

const kinds = { leave: 'off', send: 'busy', overwrite: 'warn' } as const satisfies Record<SendMode, StatusKind>

/** Why a list could not be read, in words and by its code; empty where nothing went wrong. */
export function usePlanReason() {
  const t = useTranslations('sync.plan')
  const p = useTranslations('problem')
  return useCallback(
    (reason: PlanReason | null): string => {
      if (reason === null) return ''
      if (reason === 'list_too_long') return t('listTooLong')
      return t('because', { title: p(`${reason}.title`), code: reason })
    },
    [t, p],
  )
}

/** What sending would do to one tag at one target, as it is chosen now. */
export function PlanStatus({ cell: { plan, mode, there, reason } }: { cell: PlanCell }) {
  const t = useTranslations('sync.plan')
  const why = usePlanReason()(reason)
  if (!isSendable(plan))
    return (
      <span {...tooltip(why)}>
        <Status kind="bad">{t(reason ? 'cell.unread' : `cell.${plan}`)}</Status>
      </span>
    )
  const isUnlisted = plan === 'not_visible' && reason !== null
  return (
    <span {...tooltip(why || (there && t('there', { digest: there })))}>
      <Status kind={kinds[mode]}>{t(`cell.${isUnlisted ? 'unlisted' : plan}`, { mode })}</Status>
    </span>
  )
}
