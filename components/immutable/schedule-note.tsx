'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import type { Retention } from '@/lib/contract/swr/retention'
import { runsByItself } from '@/lib/policy/retention/runs-by-itself'
import { apiPolling, apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { lossInput, retentionInput } from './queries'

/** Policies that SWR runs by itself in a namespace: they are switched off before a rule there lets go of anything. */
export const schedulesIn = (policies: readonly Retention[], namespace: string): readonly Retention[] =>
  policies.filter((policy) => policy.namespace_name === namespace && runsByItself(policy))

const whileListingMs = 1_500

/** What the policy would delete now beside what it deletes as it is, once no rule holds anything in the namespace. */
function LostImages({ at, namespace, policy }: { at: InstanceLocation; namespace: string; policy: number }) {
  const t = useTranslations('immutable')
  const { data } = useQuery(
    apiPolling('retentionDecide', lossInput(at, namespace, policy), (answer) =>
      answer?.refreshing ? whileListingMs : false,
    ),
  )
  if (!data || data.refreshing) return null
  const { images, tags } = data.newlyDeleted
  return <p className="mt-0.5">{t('schedule.more', { images, tags })}</p>
}

/** Said before a rule holds less: which schedules are switched off in the same step. Nothing where there are none. */
export function ScheduleNote({
  at,
  rule,
  namespace,
  change,
}: {
  at: InstanceLocation
  rule: ImmutableRule
  namespace: string
  change: 'edit' | 'remove'
}) {
  const t = useTranslations('immutable')
  const p = useTranslations('problem')
  const { data, error } = useQuery({ ...apiQuery('retentionList', retentionInput(at, rule)), staleTime: 0 })
  // It holds nothing as it is.
  if (rule.disabled === true) return null
  if (error && !data)
    return <Note tone="warn">{t('schedule.unknown', { namespace, reason: p(`${error.code}.title`) })}</Note>
  const schedules = schedulesIn(data?.retentions ?? [], namespace)
  if (schedules.length === 0) return null
  const names = schedules.map(({ name, id }) => name ?? `#${id}`).join(', ')
  return (
    <Note tone="warn" role="status">
      <p className="font-medium text-base">{t('schedule.off', { names, namespace, count: schedules.length })}</p>
      <p className="mt-0.5">{t(`schedule.change.${change}`)}</p>
      {change === 'remove' &&
        schedules.map(
          ({ id }) => id !== undefined && <LostImages key={id} at={at} namespace={namespace} policy={id} />,
        )}
    </Note>
  )
}
