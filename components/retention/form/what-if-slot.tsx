'use client'

import { useWatch } from 'react-hook-form'
import type { Retention } from '@/lib/contract/swr/retention'
import { largestDays, maxRetentionCount } from '@/lib/contract/vocabulary'
import { unitOf } from '@/lib/policy/retention/amount'
import { type RetentionDraft, retentionForm, toRules } from '@/lib/policy/retention/form'
import type { InstanceLocation } from '@/lib/routes'
import { WhatIfCard } from '../what-if/card'
import type { DecisionSubject } from '../what-if/use-decisions'
import type { RetentionFormApi } from './descriptor'

/** The rules that a form says; undefined while one of them says nothing that can be decided. */
function rulesOf(draft: RetentionDraft, was: Retention | undefined): DecisionSubject['rules'] {
  const { error } = retentionForm.safeParse(draft)
  const isFlawed = error?.issues.some(({ path: [field] }) => field === 'rules' || field === 'unsupported')
  if (isFlawed) return undefined
  const rules = draft.rules.map((rule) => ({ ...rule, amount: rule.amount.trim() }))
  return toRules({ rules, asRead: draft.asRead }, was)
}

/** What the rules would do as they stand in the form; the cut line of its axis writes the number of the first one. */
export function WhatIfSlot({
  at,
  namespace,
  form: { control, setValue },
  original,
  basis,
}: {
  at: InstanceLocation
  namespace: string
  form: RetentionFormApi
  /** Undefined for a new policy: nothing is compared then. */
  original: Retention | undefined
  /** What the form stands on: the original, or what something new repeats. */
  basis: Retention | undefined
}) {
  const draft = useWatch({ control, compute: (values) => values })
  const rules = rulesOf(draft, basis)
  const [first] = draft.rules
  const amount = first && /^\s*[1-9]\d{0,8}\s*$/.test(first.amount) ? Number(first.amount) : undefined
  return (
    <WhatIfCard
      at={at}
      subject={rules && { namespace, rules, policy: original?.id, algorithm: original?.algorithm ?? 'or' }}
      rules={draft.rules.length}
      isEdit={original !== undefined}
      cut={
        first && amount !== undefined
          ? {
              value: amount,
              unit: unitOf(first.template),
              most: unitOf(first.template) === 'images' ? maxRetentionCount : largestDays,
              onChange: (value) =>
                setValue('rules.0.amount', String(value), { shouldDirty: true, shouldValidate: true }),
            }
          : undefined
      }
    />
  )
}
