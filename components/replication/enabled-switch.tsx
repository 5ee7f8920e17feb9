'use client'

import { EnabledToggle } from '@/components/shell/enabled-toggle'
import type { Replication } from '@/lib/contract/replication'
import { switched } from '@/lib/policy/replication-request'
import { useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

/** Whether a policy is on, and the way to change that. */
export function EnabledSwitch({ at, policy }: { at: InstanceAt; policy: Replication }) {
  const update = useSwrMutation(at.connection, 'replicationUpdate', { stale: ['replicationList', 'replicationShow'] })
  return (
    <EnabledToggle
      name={policy.name ?? `#${policy.id}`}
      on={policy.enabled === true}
      pending={update.isPending}
      send={(enabled, told) => {
        const body = switched(policy, enabled)
        if (body) update.mutate({ params: { instance_id: at.instance, policy_id: String(policy.id) }, body }, told)
        return Boolean(body)
      }}
    />
  )
}
