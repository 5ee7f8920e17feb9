'use client'

import { useState } from 'react'
import { PolicySwitch } from '@/components/policy/policy-switch'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { toBody, toDraft } from '@/lib/policy/immutable/form'
import { useFreshRead } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { allRules, useRuleWrites } from './queries'

/** Switches a rule on or off at once, with undo. SWR's word is `disabled`, which is read as off (docs/swr-api.md section 20). */
export function RuleSwitch({ at, rule, namespace }: { at: InstanceLocation; rule: ImmutableRule; namespace: string }) {
  const writes = useRuleWrites(at)
  const read = useFreshRead()
  const [isSending, setSending] = useState(false)
  const shown = (each: ImmutableRule) => ({ id: each.id, name: namespace, enabled: each.disabled !== true, rule: each })
  return (
    <PolicySwitch
      policy={shown(rule)}
      operation="immutableRuleUpdate"
      pending={isSending}
      send={async (from, enabled, { onSuccess, onError }) => {
        setSending(true)
        try {
          await writes.update(from.rule, namespace, toBody({ ...toDraft(from.rule), enabled }, from.rule))
          const list = await read('immutableRuleList', allRules(at)).catch(() => null)
          const now = list?.immutable_rules.find(({ id }) => id === rule.id)
          onSuccess({ now: now ? shown(now) : null })
        } catch (error) {
          onError(error)
        }
        setSending(false)
      }}
    />
  )
}
