'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { notify } from '@/components/ui/toast-store'
import type { ProblemCode } from '@/lib/contract/problem'
import { useApiWrite } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { ProblemPanel } from '../shell/error-panel'
import { GatedButton } from '../shell/permission-button'

/** Refusals after which the whole policy is what remains. Others would refuse that as well, or pass by themselves. */
export const insteadOfPart: readonly ProblemCode[] = [
  'policy_quota_full',
  'scope_empty',
  'scope_impossible',
  'pull_unfiltered',
]

/** Where a part cannot be run: the whole policy, which SWR can always start. */
export function WholeRun({ at, policy, onStarted }: { at: InstanceLocation; policy: number; onStarted: () => void }) {
  const t = useTranslations('partialRun.whole')
  const router = useRouter()
  const start = useApiWrite('executionStart', { stale: ['executionList'] })
  const run = () =>
    start.mutate(
      { params: { connection: at.connection, instance_id: at.instance }, body: { policy_id: policy } },
      {
        onSuccess: ({ id }) => {
          notify({ tone: 'ok', text: t('started', { run: id === undefined ? '' : String(id) }) })
          onStarted()
          router.push(id === undefined ? routes.replicationPolicy(at, policy) : routes.replicationRun(at, policy, id))
        },
      },
    )
  return (
    <div className="mt-3">
      <p className="text-ink-2">{t('advice')}</p>
      {start.error && (
        <div className="mt-2">
          <ProblemPanel error={start.error} />
        </div>
      )}
      <GatedButton
        operation="executionStart"
        className="mt-2"
        aria-busy={start.isPending}
        aria-disabled={start.isPending}
        onClick={() => start.isPending || run()}
      >
        {t('act')}
      </GatedButton>
    </div>
  )
}
