'use client'

import { useTranslations } from 'next-intl'
import { EnabledToggle } from '@/components/shell/enabled-toggle'
import { Status } from '@/components/ui/status'
import type { Retention } from '@/lib/contract/swr/retention'
import { switched } from '@/lib/policy/retention/request'
import { useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

/** Whether a policy is on; a rule has a switch of its own at SWR, which is told when it is off (NOTES section 14). */
export function EnabledStatus({ policy: { enabled, rules } }: { policy: Pick<Retention, 'enabled' | 'rules'> }) {
  const t = useTranslations('retention')
  return (
    <>
      {enabled !== undefined && <Status kind={enabled ? 'ok' : 'off'}>{t(enabled ? 'enabled' : 'disabled')}</Status>}
      {rules.some(({ disabled }) => disabled) && <small className="block text-warn text-xs">{t('ruleDisabled')}</small>}
    </>
  )
}

/** The way to switch a policy on or off. */
export function EnabledSwitch({ at, namespace, policy }: { at: InstanceAt; namespace: string; policy: Retention }) {
  const update = useSwrMutation(at.connection, 'retentionUpdate', { stale: ['retentionList', 'retentionShow'] })
  const params = { instance_id: at.instance, namespace_name: namespace, policy_id: String(policy.id) }
  return (
    <EnabledToggle
      policy={policy}
      operation="retentionUpdate"
      pending={update.isPending}
      send={(from, enabled, told) =>
        update.mutate({ params, body: switched(from, enabled), ifMatch: from.content_hash }, told)
      }
    />
  )
}
