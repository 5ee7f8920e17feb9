'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { PolicySwitch } from '@/components/policy/policy-switch'
import { Status } from '@/components/ui/status'
import type { Retention } from '@/lib/contract/swr/retention'
import { withEnabled } from '@/lib/policy/retention/request'
import { isManual } from '@/lib/policy/retention/runs-by-itself'
import { useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { retentionReads } from './stale-reads'

const EnableDialog = dynamic(() => import('./enable/dialog').then((module) => module.EnableDialog), { ssr: false })

/** Whether a policy is on; a rule has a switch of its own at SWR, which is told when it is off (docs/swr-api.md section 14). */
export function EnabledStatus({ policy: { enabled, rules } }: { policy: Pick<Retention, 'enabled' | 'rules'> }) {
  const t = useTranslations('retention')
  return (
    <>
      {enabled !== undefined && <Status kind={enabled ? 'ok' : 'off'}>{t(enabled ? 'enabled' : 'disabled')}</Status>}
      {rules.some(({ disabled }) => disabled) && <small className="block text-warn text-xs">{t('ruleDisabled')}</small>}
    </>
  )
}

/** Enabling one that something else than a person starts arms a deletion that nobody can undo: that is asked before. */
export function RetentionSwitch({
  at,
  namespace,
  policy,
}: {
  at: InstanceLocation
  namespace: string
  policy: Retention
}) {
  const update = useApiWrite('retentionUpdate', { stale: retentionReads })
  const params = {
    connection: at.connection,
    instance_id: at.instance,
    namespace_name: namespace,
    policy_id: String(policy.id),
  }
  const isArming = !isManual(policy)
  return (
    <PolicySwitch
      policy={policy}
      operation="retentionUpdate"
      pending={update.isPending}
      question={
        isArming && policy.id !== undefined
          ? (question) => (
              <EnableDialog at={at} namespace={namespace} policy={{ ...policy, id: Number(policy.id) }} {...question} />
            )
          : undefined
      }
      send={(from, enabled, callbacks, dryRun) =>
        update.mutate(
          { params, body: withEnabled(from, enabled), ifMatch: from.content_hash, ...(dryRun && { dryRun }) },
          callbacks,
        )
      }
    />
  )
}
