'use client'

import { PolicySwitch } from '@/components/policy/policy-switch'
import type { Replication } from '@/lib/contract/swr/replication'
import { withEnabled } from '@/lib/policy/replication/request'
import { useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

export function ReplicationSwitch({ at, policy }: { at: InstanceLocation; policy: Replication }) {
  const update = useApiWrite('replicationUpdate', { stale: ['replicationShow'] })
  const params = { connection: at.connection, instance_id: at.instance, policy_id: String(policy.id) }
  return (
    <PolicySwitch
      policy={policy}
      operation="replicationUpdate"
      pending={update.isPending}
      send={(from, enabled, callbacks) =>
        update.mutate({ params, body: withEnabled(from, enabled), ifMatch: from.content_hash }, callbacks)
      }
    />
  )
}
