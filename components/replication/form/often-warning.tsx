'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { useDuration } from '@/components/findings/duration'
import { Note } from '@/components/ui/alert'
import { shortestInterval } from '@/lib/policy/checks/schedule'
import { apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

const secondsPerDay = 86_400
/** Runs a day from which on somebody should think twice: more than one every quarter of an hour. */
const manyPerDay = 97

/** Says that a schedule starts the policy more often than its runs take, or than anybody needs. */
export function OftenWarning({ at, cron, id }: { at: InstanceLocation; cron: string; id: number | undefined }) {
  const t = useTranslations('schedule')
  const lasting = useDuration()
  const now = useNow(60_000)
  const interval = shortestInterval(cron, now)
  // How long its runs usually take is known of a policy that has run.
  const week = useQuery({
    ...apiQuery('weekScheduleList', {
      params: { connection: at.connection, instance_id: at.instance },
      query: { policy: id },
    }),
    enabled: id !== undefined && interval !== null && interval < secondsPerDay,
  })
  const usual = week.data?.schedules[0]?.usual ?? null
  if (interval === null) return null
  if (usual !== null && interval < usual)
    return (
      <Note tone="warn" role="status">
        {t('tooOften', { interval: lasting(interval), usual: lasting(usual) })}
      </Note>
    )
  const times = Math.floor(secondsPerDay / interval)
  return times < manyPerDay ? null : (
    <Note tone="warn" role="status">
      {t('many', { times })}
    </Note>
  )
}
