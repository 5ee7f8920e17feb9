'use client'

import { useTranslations } from 'next-intl'
import { decisionKinds } from '@/components/deletion/decision-kinds'
import { Status } from '@/components/ui/status'
import type { Decision } from '@/lib/contract/console/retention-vocabulary'

/** What a run would do with an image. */
export function DecisionStatus({ decision }: { decision: Decision }) {
  const t = useTranslations('retention')
  return <Status kind={decisionKinds[decision]}>{t(`decision.${decision}`)}</Status>
}
