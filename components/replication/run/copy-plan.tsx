'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import type { CopyPlan } from '@/lib/contract/console/matches'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { useReason } from '../../match/listing'
import { Waiting } from '../../match/summary'

const whileReading = 1_500

/** What a run would find at the other side, where a connection of the console can list that. */
export function PlanCopy({ at, policyId, push }: { at: InstanceLocation; policyId: number; push: boolean }) {
  const t = useTranslations('plan')
  const format = useFormatter()
  const because = useReason()
  const params = { connection: at.connection, instance_id: at.instance, policy_id: String(policyId) }
  const { data, error } = useQuery({
    ...apiPolling('copyPlanShow', { params }),
    refetchInterval: ({ state }) => (state.data?.refreshing ? whileReading : false),
  })
  if (error) return <p className="text-ink-2 text-sm">{t('failed', { reason: because(error.code) })}</p>
  if (!data) return <Waiting label={t('reading')} />
  if (data.target === 'unseen') return <p className="text-ink-2 text-sm">{t(push ? 'unseen' : 'pull')}</p>
  if (data.target === 'failed')
    return <p className="text-ink-2 text-sm">{t('failed', { reason: because(data.problem) })}</p>
  return (
    <section aria-label={t('title')}>
      <p className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-3">
        <b className="font-medium">{t('title')}</b>
        <span className="text-ink-3 text-sm">
          {data.refreshing && !data.complete
            ? t('reading')
            : t('readAt', { time: format.dateTime(new Date(data.at), { timeStyle: 'medium' }) })}
        </span>
      </p>
      <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
        <Group plan={data} group="fresh" />
        <Group plan={data} group="same" />
        <Group plan={data} group="other" />
      </ul>
      {!data.complete && !data.refreshing && (
        <Note tone="warn" className="mt-2">
          {data.problem ? t('halfWay', { reason: because(data.problem) }) : t('cut')}
        </Note>
      )}
    </section>
  )
}

/** One of three fates, with the first of its tags on demand. Another digest is lost when it is overwritten. */
function Group({ plan, group }: { plan: CopyPlan; group: 'fresh' | 'same' | 'other' }) {
  const t = useTranslations('plan')
  const count = plan.total[group]
  const tags = plan[group]
  const lost = group === 'other' && plan.override && count > 0
  const title = (
    <>
      <b className="min-w-10 font-semibold tabular-nums">{t('number', { count })}</b>
      <span>{group === 'other' ? t(plan.override ? 'group.overwritten' : 'group.skipped') : t(`group.${group}`)}</span>
    </>
  )
  const look = clsx('items-baseline gap-x-2 px-3 py-1.5', lost && 'bg-bad-soft text-bad')
  if (tags.length === 0) return <li className={clsx('flex text-ink-2', look)}>{title}</li>
  return (
    <li>
      <details>
        <summary className={clsx('marker:content-none', look)}>
          <span className="flex items-baseline gap-x-2">
            {title}
            <span className="ml-auto text-xs underline">{t('show')}</span>
          </span>
        </summary>
        <ul className="flex flex-col gap-1 px-3 py-2 text-xs">
          {tags.map(({ repository, tag, target }) => (
            <li key={`${repository}:${tag}`} className="wrap-anywhere">
              <Chip>
                {repository}:{tag}
              </Chip>
              {target !== repository && (
                <>
                  {' → '}
                  <Chip>{target}</Chip>
                </>
              )}
            </li>
          ))}
          {tags.length < count && <li className="text-ink-3">{t('more', { count: count - tags.length })}</li>}
        </ul>
      </details>
    </li>
  )
}
