'use client'

import { useTranslations } from 'next-intl'
import { notify } from '@/components/ui/notice'
import { Status } from '@/components/ui/status'
import { Switch } from '@/components/ui/switch'
import type { Retention } from '@/lib/contract/retention'
import { switched } from '@/lib/policy/retention-request'
import { problemOf } from '@/lib/problem'
import { useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

/** Whether a policy is on; a rule has a switch of its own at SWR, which is told when it is off (NOTES section 14). */
export function EnabledStatus({ policy: { enabled, rules } }: { policy: Pick<Retention, 'enabled' | 'rules'> }) {
  const t = useTranslations('retention')
  return (
    <>
      <Status kind={enabled ? 'ok' : 'off'}>{t(enabled ? 'enabled' : 'disabled')}</Status>
      {rules.some(({ disabled }) => disabled) && <small className="block text-warn text-xs">{t('ruleDisabled')}</small>}
    </>
  )
}

/** Enables or disables at once, with undo in the notice. It shows what SWR last said, never a wish. */
export function EnabledSwitch({ at, namespace, policy }: { at: InstanceAt; namespace: string; policy: Retention }) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const p = useTranslations('problem')
  const update = useSwrMutation(at.connection, 'retentionUpdate', { stale: ['retentionList', 'retentionShow'] })
  const name = policy.name ?? `#${policy.id}`

  const set = (enabled: boolean, undo: boolean) => {
    const body = switched(policy, enabled)
    if (!body) return notify({ tone: 'bad', text: t('switch.notHere', { name }) })
    update.mutate(
      { params: { instance_id: at.instance, namespace_name: namespace, policy_id: String(policy.id) }, body },
      {
        onSuccess: () =>
          notify({
            tone: 'ok',
            text: t(enabled ? 'switch.enabled' : 'switch.disabled', { name }),
            ...(undo && { action: { label: c('undo'), run: () => set(!enabled, false) } }),
          }),
        onError: (error) => {
          const problem = problemOf(error)
          const id = problem.requestId ? ` (${problem.requestId})` : ''
          notify({ tone: 'bad', text: `${name}: ${p(`${problem.code}.title`)}. ${problem.swr?.message ?? ''}${id}` })
        },
      },
    )
  }
  const on = policy.enabled === true
  return (
    <Switch
      on={on}
      aria-label={t('switch.label', { name })}
      aria-busy={update.isPending}
      // Truly disabled it would lose the focus of whoever pressed it.
      aria-disabled={update.isPending}
      onClick={() => !update.isPending && set(!on, true)}
    />
  )
}
