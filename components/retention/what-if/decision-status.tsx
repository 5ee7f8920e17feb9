'use client'

import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import type { Decision } from '@/lib/contract/console/retention-vocabulary'

export const decisionKinds = {
  keep: 'ok',
  delete: 'bad',
  untouched: 'off',
  unsure: 'warn',
} as const satisfies Record<Decision, StatusKind>

/** What a run would do with an image. */
export function DecisionStatus({ decision }: { decision: Decision }) {
  const t = useTranslations('retention')
  return <Status kind={decisionKinds[decision]}>{t(`decision.${decision}`)}</Status>
}
