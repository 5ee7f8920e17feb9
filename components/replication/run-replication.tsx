'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import { Note } from '@/components/ui/note'
import { notify } from '@/components/ui/notice'
import type { Replication } from '@/lib/contract/replication'
import { remoteOf } from '@/lib/policy/replication-request'
import { useSwrMutation } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import { FilterChips } from './filter-chips'

/** Starts a run after saying what it touches. SWR runs whole policies only. */
export function RunReplication({ at, policy, onClose }: { at: InstanceAt; policy: Replication; onClose: () => void }) {
  const t = useTranslations('replication')
  const router = useRouter()
  const start = useSwrMutation(at.connection, 'executionStart', { stale: ['executionList'] })
  const name = policy.name ?? `#${policy.id}`
  const id = policy.id
  const confirm = () => {
    if (id === undefined) return
    start.mutate(
      { params: { instance_id: at.instance }, body: { policy_id: id } },
      {
        onSuccess: (run) => {
          notify({ tone: 'ok', text: t('run.started', { name, run: run.id === undefined ? '' : String(run.id) }) })
          onClose()
          router.push(routes.replicationPolicy(at, id))
        },
      },
    )
  }
  return (
    <Confirm
      title={t('run.title', { name })}
      act={{ label: t('run.confirm'), look: 'primary' }}
      mutation={start}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t(remoteOf(policy).direction === 'push' ? 'run.push' : 'run.pull')}</p>
      <div className="mt-2">
        <FilterChips filters={policy.filters} />
      </div>
      {policy.override && (
        <Note tone="warn" className="mt-3">
          {t('run.override')}
        </Note>
      )}
    </Confirm>
  )
}
