'use client'

import dynamic from 'next/dynamic'
import { type ComponentProps, useState } from 'react'
import { PolicySwitch } from '@/components/policy/policy-switch'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { toBody, toDraft } from '@/lib/policy/immutable/form'
import { useFreshRead } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { retentionInput, useFreshRule, useRuleWrites } from './queries'
import { schedulesIn } from './schedule-note'

const DisableRule = dynamic(() => import('./disable-dialog').then((module) => module.DisableRule), { ssr: false })

const shown = (rule: ImmutableRule, name: string) => ({ id: rule.id, name, enabled: rule.disabled !== true, rule })
type Send = ComponentProps<typeof PolicySwitch<ReturnType<typeof shown>>>['send']

/**
 * Switches a rule on or off at once, with undo; where that disables schedules of retention as well, it is asked before. SWR's
 * word is `disabled`, which is read as off (docs/swr-api.md section 20).
 */
export function RuleSwitch({ at, rule, namespace }: { at: InstanceLocation; rule: ImmutableRule; namespace: string }) {
  const writes = useRuleWrites(at)
  const read = useFreshRead()
  const readRule = useFreshRule(at)
  const [isSending, setSending] = useState(false)
  const [asked, setAsked] = useState<(() => Promise<void>) | null>(null)
  const send = async (...[from, enabled, { onSuccess, onError }]: Parameters<Send>) => {
    setSending(true)
    try {
      await writes.update(from.rule, namespace, toBody({ ...toDraft(from.rule), enabled }, from.rule))
      const now = await readRule(rule.id)
      onSuccess({ now: now ? shown(now, namespace) : null })
    } catch (error) {
      onError(error)
    }
    setSending(false)
  }
  /** Also where nobody can tell. */
  const disablesSchedules = async () => {
    const list = await read('retentionList', retentionInput(at, rule)).catch(() => null)
    return list === null || schedulesIn(list.retentions, namespace).length > 0
  }
  return (
    <>
      <PolicySwitch
        policy={shown(rule, namespace)}
        operation="immutableRuleUpdate"
        pending={isSending}
        send={async (...change) => {
          const [, enabled] = change
          setSending(true)
          if (enabled || !(await disablesSchedules())) return await send(...change)
          setSending(false)
          setAsked(() => () => send(...change))
        }}
      />
      {asked && (
        <DisableRule
          at={at}
          rule={rule}
          namespace={namespace}
          onConfirm={() => {
            setAsked(null)
            void asked()
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
