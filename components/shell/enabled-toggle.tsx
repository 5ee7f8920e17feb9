'use client'

import { useTranslations } from 'next-intl'
import { Switch } from '@/components/ui/switch'
import { notify } from '@/components/ui/toast'
import { problemOf } from '@/lib/contract/problem'
import { useCan } from '../context/actor'

interface Told<Policy> {
  readonly onSuccess: (written: { readonly now: Policy | null }) => void
  readonly onError: (error: unknown) => void
}

interface Switchable {
  readonly id?: number | undefined
  readonly name?: string | undefined
  readonly enabled?: boolean | undefined
}

/**
 * Enables or disables a policy at once, with undo in the notice. It shows what SWR last said, never a wish. `send` changes
 * the policy it is given, by its hash.
 */
export function EnabledToggle<Policy extends Switchable>({
  policy,
  operation,
  pending,
  send,
}: {
  policy: Policy
  operation: 'replicationUpdate' | 'retentionUpdate'
  pending: boolean
  send: (policy: Policy, enabled: boolean, told: Told<Policy>) => void
}) {
  const t = useTranslations('common')
  const f = useTranslations('form')
  const p = useTranslations('problem')
  const { allowed, reason } = useCan(operation)
  const name = policy.name ?? `#${policy.id}`
  const on = policy.enabled === true
  const set = (enabled: boolean, from: Policy, undo: boolean) => {
    send(from, enabled, {
      onSuccess: ({ now }) =>
        notify({
          tone: 'ok',
          text: t(enabled ? 'switch.enabled' : 'switch.disabled', { name }),
          ...(undo && now && { action: { label: t('undo'), run: () => set(!enabled, now, false) } }),
        }),
      onError: (error) => {
        const problem = problemOf(error)
        // What is shown is read again by itself.
        if (problem.code === 'changed_meanwhile') return notify({ tone: 'bad', text: f('conflict.switched', { name }) })
        const id = problem.requestId ? ` (${problem.requestId})` : ''
        notify({ tone: 'bad', text: `${name}: ${p(`${problem.code}.title`)}. ${problem.swr?.message ?? ''}${id}` })
      },
    })
  }
  const blocked = pending || !allowed
  return (
    <Switch
      on={on}
      aria-label={t('switch.label', { name })}
      aria-busy={pending}
      // Truly disabled it would lose the focus of whoever pressed it, and nobody could reach it and hear why.
      aria-disabled={blocked}
      title={reason}
      onClick={() => !blocked && set(!on, policy, true)}
    />
  )
}
