import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { BasicRule } from '@/lib/contract/console/basic-retention'
import {
  type BasicDraft,
  type BasicValues,
  basicForm,
  type KnownExceptions,
  refusedPlaces,
  ruleOf,
  toDraft,
} from '@/lib/policy/basic-retention/rule-form'
import type { BasicPlace } from './queries'
import { useRuleDecisions } from './use-rule-decisions'

/** The form of a rule, and what it would delete as it stands. An exception that the server cannot read is told at its field. */
export function useRuleForm(place: BasicPlace, rule: BasicRule | null) {
  const [refused, setRefused] = useState<KnownExceptions['refused']>({})
  const known = { held: rule?.exceptions ?? [], refused }
  const form = useForm<BasicDraft, unknown, BasicValues>({
    resolver: zodResolver(basicForm(known)),
    defaultValues: toDraft(rule),
    shouldFocusError: false,
  })
  const values = useWatch({ control: form.control, compute: (all: BasicDraft) => all })
  const typed = ruleOf(values, known)
  const decided = useRuleDecisions(place, typed)
  // Kept: what is typed once more is not asked about again, and no field forgets it when it is left.
  if (Object.entries(decided.refused).some(([exception, code]) => refused[exception] !== code))
    setRefused({ ...refused, ...decided.refused })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is put to its fields once
  useEffect(() => {
    const places = refusedPlaces(form.getValues('exceptions'), { refused })
    if (places.length > 0) void form.trigger(places.map((index) => `exceptions.${index}.pattern` as const))
  }, [refused])

  return { form, rule: typed, query: decided.query, decisions: decided.decisions }
}
