'use client'

import { useTranslations } from 'next-intl'
import { notify } from '@/components/ui/notice'
import { Switch } from '@/components/ui/switch'
import { problemOf } from '@/lib/problem'

interface Told {
  readonly onSuccess: () => void
  readonly onError: (error: unknown) => void
}

/**
 * Enables or disables a policy at once, with undo in the notice. It shows what SWR last said, never a wish. `send` answers
 * false when the policy holds what a switch cannot send back.
 */
export function EnabledToggle({
  name,
  on,
  pending,
  send,
}: {
  name: string
  on: boolean
  pending: boolean
  send: (enabled: boolean, told: Told) => boolean
}) {
  const t = useTranslations('common')
  const p = useTranslations('problem')
  const set = (enabled: boolean, undo: boolean) => {
    const sent = send(enabled, {
      onSuccess: () =>
        notify({
          tone: 'ok',
          text: t(enabled ? 'switch.enabled' : 'switch.disabled', { name }),
          ...(undo && { action: { label: t('undo'), run: () => set(!enabled, false) } }),
        }),
      onError: (error) => {
        const problem = problemOf(error)
        const id = problem.requestId ? ` (${problem.requestId})` : ''
        notify({ tone: 'bad', text: `${name}: ${p(`${problem.code}.title`)}. ${problem.swr?.message ?? ''}${id}` })
      },
    })
    if (!sent) notify({ tone: 'bad', text: t('switch.notHere', { name }) })
  }
  return (
    <Switch
      on={on}
      aria-label={t('switch.label', { name })}
      aria-busy={pending}
      // Truly disabled it would lose the focus of whoever pressed it.
      aria-disabled={pending}
      onClick={() => !pending && set(!on, true)}
    />
  )
}
