'use client'

import { EnabledToggle } from '@/components/shell/enabled-toggle'
import type { Replication } from '@/lib/contract/swr/replication'
import { switched } from '@/lib/policy/replication/request'
import { useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

/** Whether a policy is on, and the way to change that. */
export function EnabledSwitch({ at, policy }: { at: InstanceAt; policy: Replication }) {
  const update = useSwrMutation(at.connection, 'replicationUpdate', { stale: ['replicationShow'] })
  const params = { instance_id: at.instance, policy_id: String(policy.id) }
  return (
    <EnabledToggle
      policy={policy}
      operation="replicationUpdate"
      pending={update.isPending}
      send={(from, enabled, told) =>
        update.mutate({ params, body: switched(from, enabled), ifMatch: from.content_hash }, told)
      }
    />
  )
}
