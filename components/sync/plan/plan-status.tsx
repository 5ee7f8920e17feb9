'use client'

import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import { tooltip } from '@/components/ui/tooltip'
import type { PlanCode, SendMode } from '@/lib/contract/console/sync-vocabulary'
import type { PlanCell } from './choices'

type Sendable = 'new' | 'same' | 'different' | 'not_visible'
const isSendable = (plan: PlanCode): plan is Sendable => ['new', 'same', 'different', 'not_visible'].includes(plan)

const kinds = { leave: 'off', send: 'busy', overwrite: 'warn' } as const satisfies Record<SendMode, StatusKind>

/** What sending would do to one tag at one target, as it is chosen now. */
export function PlanStatus({ cell: { plan, mode, there } }: { cell: PlanCell }) {
  const t = useTranslations('sync.plan')
  if (!isSendable(plan)) return <Status kind="bad">{t(`cell.${plan}`)}</Status>
  return (
    <span {...tooltip(there && t('there', { digest: there }))}>
      <Status kind={kinds[mode]}>{t(`cell.${plan}`, { mode })}</Status>
    </span>
  )
}
