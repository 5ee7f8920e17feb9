'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { useScopedRuns } from '@/components/partial-run/query'
import { isScopedMoving } from '@/components/partial-run/state'
import { ReasonedButton } from '@/components/shell/permission-button'
import type { Replication } from '@/lib/contract/swr/replication'
import type { Run } from '@/lib/contract/swr/runs'
import { copiedBy, isScopedName } from '@/lib/policy/replication/partial'
import { pullsAll } from '@/lib/policy/replication/pull'
import { remoteOf } from '@/lib/policy/replication/request'
import { readStatus } from '@/lib/policy/runs/status'
import { swrQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { RunPlace } from '../run/search-params'

const AgainDialog = dynamic(() => import('./retry-dialog').then((module) => module.AgainDialog))

/** Copies again what failed, and nothing else. */
export function RunAgain({ at, run, policy }: { at: RunPlace; run: Run; policy: Replication | undefined }) {
  const t = useTranslations('scoped')
  const [open, setOpen] = useState(false)
  const reason = useReason(at, run, policy)
  const copied = copiedBy(useScopedRuns(at).data?.runs ?? [])
  const count = run.tags.failed - [...copied.values()].reduce((sum, { size }) => sum + size, 0)
  if (count <= 0 || run.parent !== null || isScopedName(policy?.name)) return null
  return (
    <>
      <ReasonedButton reason={reason} onClick={() => setOpen(true)}>
        {t('again.act', { count })}
      </ReasonedButton>
      {open && policy && (
        <AgainDialog at={at} run={run} policy={policy} copied={copied} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

/** Why it cannot be done now, if so. */
function useReason(at: RunPlace, run: Run, policy: Replication | undefined) {
  const t = useTranslations('scoped.again')
  const p = useTranslations('problem')
  const may = useCan('scopedRunStart')
  const others = useScopedRuns(at).data?.runs ?? []
  const registries = useQuery({
    ...swrQuery(at.connection, 'registryList', allRegistries(at.instance)),
    // Nothing else depends on them here.
    enabled: policy !== undefined && remoteOf(policy).direction === 'pull',
  })
  const { phase } = readStatus(run.execution.status)
  if (may.reason) return may.reason
  if (!policy) return t('unread')
  if (pullsAll(policy, registries.data?.registries ?? [])) return p('pull_unfiltered.title')
  if (policy.enabled === false) return p('policy_disabled.title')
  if (phase === 'running') return t('moving')
  return others.some(isScopedMoving) ? t('goes') : undefined
}
