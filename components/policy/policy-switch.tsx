'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useRef, useState } from 'react'
import { Switch } from '@/components/ui/switch'
import { notify } from '@/components/ui/toast-store'
import { tooltip } from '@/components/ui/tooltip'
import { type Problem, problemOf } from '@/lib/contract/problem'
import { useCan } from '../context/actor'

interface Callbacks<Policy> {
  readonly onSuccess: (written: { readonly now: Policy | null }) => void
  readonly onError: (error: unknown) => void
}

interface Switchable {
  readonly id?: number | undefined
  readonly name?: string | undefined
  readonly enabled?: boolean | undefined
}

/** The question that stands before a policy is enabled. It stays until that is done: a refusal is shown in it. */
export interface EnableQuestion {
  /** What was agreed to goes along with the change. */
  readonly onConfirm: (agreed?: string) => void
  readonly onClose: () => void
  readonly isPending: boolean
  readonly refusal: Problem | null
}

/**
 * Enables or disables a policy at once, with undo in the toast where the way back needs no question. It shows what SWR last
 * said, never a wish. `send` changes the policy it is given, by its hash.
 */
export function PolicySwitch<Policy extends Switchable>({
  policy,
  operation,
  pending,
  send,
  question,
}: {
  policy: Policy
  operation: 'replicationUpdate' | 'retentionUpdate' | 'immutableRuleUpdate'
  pending: boolean
  send: (policy: Policy, enabled: boolean, callbacks: Callbacks<Policy>, agreed?: string) => void
  /** Asks before this policy is enabled, where that cannot be made good again. */
  question?: ((question: EnableQuestion) => ReactNode) | undefined
}) {
  const t = useTranslations('common')
  const f = useTranslations('form')
  const p = useTranslations('problem')
  const { allowed, reason } = useCan(operation)
  const [isAsking, setIsAsking] = useState(false)
  const [refusal, setRefusal] = useState<Problem | null>(null)
  // Whoever closed the question meanwhile is told outside of it.
  const isOpen = useRef(false)
  const ask = (open: boolean) => {
    isOpen.current = open
    setIsAsking(open)
    setRefusal(null)
  }
  const name = policy.name ?? `#${policy.id}`
  const on = policy.enabled === true
  const set = (enabled: boolean, from: Policy, undo: boolean, agreed?: string) => {
    setRefusal(null)
    const onSuccess: Callbacks<Policy>['onSuccess'] = ({ now }) => {
      ask(false)
      notify({
        tone: 'ok',
        text: t(enabled ? 'switch.enabled' : 'switch.disabled', { name }),
        ...(undo && now && { action: { label: t('undo'), run: () => set(!enabled, now, false) } }),
      })
    }
    const onError = (error: unknown) => {
      const problem = problemOf(error)
      if (isOpen.current) return setRefusal(problem)
      // What is shown is read again by itself.
      if (problem.code === 'changed_meanwhile') return notify({ tone: 'bad', text: f('conflict.switched', { name }) })
      const id = problem.requestId ? ` (${problem.requestId})` : ''
      notify({ tone: 'bad', text: `${name}: ${p(`${problem.code}.title`)}. ${problem.swr?.message ?? ''}${id}` })
    }
    send(from, enabled, { onSuccess, onError }, agreed)
  }
  const blocked = pending || !allowed
  const press = () => {
    if (blocked) return
    if (!on && question) ask(true)
    // To enable it again is asked about as well, and a toast asks nothing.
    else set(!on, policy, !question)
  }
  return (
    <>
      <Switch
        on={on}
        aria-label={t('switch.label', { name })}
        aria-busy={pending}
        // Truly disabled it would lose the focus of whoever pressed it, and nobody could reach it and hear why.
        aria-disabled={blocked}
        {...tooltip(reason)}
        onClick={press}
      />
      {isAsking &&
        question?.({
          onConfirm: (agreed) => set(true, policy, true, agreed),
          onClose: () => ask(false),
          isPending: pending,
          refusal,
        })}
    </>
  )
}
