'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { usePartialRuns } from '@/components/partial-run/query'
import { isPartialRunMoving } from '@/components/partial-run/state'
import { ReasonedButton } from '@/components/shell/permission-button'
import type { RetryPlan } from '@/lib/contract/console/retry'
import type { Replication } from '@/lib/contract/swr/replication'
import type { Run } from '@/lib/contract/swr/runs'
import { isTemporaryPolicyName } from '@/lib/policy/replication/partial'
import { pullsAll } from '@/lib/policy/replication/pull'
import { remoteOf } from '@/lib/policy/replication/request'
import { readStatus } from '@/lib/policy/runs/status'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { RunPlace } from '../run/search-params'
import { useRetryPlan } from './retry-query'

const AgainDialog = dynamic(() => import('./retry-dialog').then((module) => module.AgainDialog))

/** Copies again what failed, and nothing else. */
export function RunAgain({ at, run, policy }: { at: RunPlace; run: Run; policy: Replication | undefined }) {
  const t = useTranslations('partialRun')
  const [open, setOpen] = useState(false)
  const { data: plan } = useRetryPlan(at, run)
  const reason = useReason({ at, run, policy, plan })
  const isMoving = readStatus(run.execution.status).phase === 'running'
  const failed = isMoving ? run.tags.failed + run.whole : (plan?.again ?? 0) + leftOf(plan)
  if (failed <= 0 || run.parent !== null || isTemporaryPolicyName(policy?.name)) return null
  return (
    <>
      <ReasonedButton reason={reason} onClick={() => setOpen(true)}>
        {t('again.act', { count: isMoving ? failed : (plan?.again ?? 0) })}
      </ReasonedButton>
      {open && policy && plan && <AgainDialog at={at} plan={plan} onClose={() => setOpen(false)} />}
    </>
  )
}

const leftOf = (plan: RetryPlan | undefined) => plan?.left.reduce((sum, { count }) => sum + count, 0) ?? 0

interface Known {
  readonly at: RunPlace
  readonly run: Run
  readonly policy: Replication | undefined
  readonly plan: RetryPlan | undefined
}

/** Why it cannot be done now, if so. */
function useReason({ at, run, policy, plan }: Known) {
  const t = useTranslations('partialRun.again')
  const p = useTranslations('problem')
  const may = useCan('partialRunStart')
  const others = usePartialRuns(at).data?.runs ?? []
  const registries = useQuery({
    ...apiQuery('registryList', allRegistries(at)),
    // Nothing else depends on them here.
    enabled: policy !== undefined && remoteOf(policy).direction === 'pull',
  })
  const { phase } = readStatus(run.execution.status)
  if (may.reason) return may.reason
  if (!policy) return t('unread')
  if (pullsAll(policy, registries.data?.registries ?? [])) return p('pull_unfiltered.title')
  if (policy.enabled === false) return p('policy_disabled.title')
  if (phase === 'running') return t('moving')
  if (others.some(isPartialRunMoving)) return t('goes')
  return plan?.again === 0 ? t('nothing') : undefined
}
