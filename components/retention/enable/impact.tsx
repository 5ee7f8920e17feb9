'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { Skeleton } from '@/components/ui/skeleton'
import type { RetentionImpact as Impact } from '@/lib/contract/console/retention-impact'
import { problemCodes } from '@/lib/contract/problem'
import { parseEnum } from '@/lib/policy/enum'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

const whileListingMs = 1_500

/** The tags that a run of the policy would delete now, as far as the console can tell; where it cannot, it says so. */
export function RetentionImpact({ at, namespace, id }: { at: InstanceLocation; namespace: string; id: number }) {
  const t = useTranslations('retention')
  const p = useTranslations('problem')
  const params = {
    connection: at.connection,
    instance_id: at.instance,
    namespace_name: namespace,
    policy_id: String(id),
  }
  const { data, error } = useQuery({
    ...apiPolling('retentionImpactShow', { params }),
    // Old numbers would be taken for the present ones.
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.refreshing ? whileListingMs : false),
  })
  return (
    <section aria-label={t('enable.impact.title')} className="mt-4">
      <h3 className="mb-1">{t('enable.impact.title')}</h3>
      {error && !data ? (
        <Note tone="warn">{t('enable.impact.failed', { reason: p(`${error.code}.title`) })}</Note>
      ) : data ? (
        <Counts impact={data} />
      ) : (
        <p className="flex items-center gap-2 text-ink-2">
          {t('enable.impact.reading')}
          <Skeleton className="w-24" />
        </p>
      )}
    </section>
  )
}

function Counts({ impact }: { impact: Impact }) {
  const t = useTranslations('retention')
  const p = useTranslations('problem')
  const format = useFormatter()
  const { at, complete, refreshing, capped, problem, total, unclear, examples } = impact
  const reason = problem === null ? '' : p(`${parseEnum(problemCodes, problem) ?? 'unexpected'}.title`)
  return (
    <>
      <Note tone={total.tags > 0 ? 'bad' : 'info'} aria-live="polite">
        <p className="font-medium text-base">{t('enable.impact.tags', total)}</p>
        {total.untagged > 0 && <p>{t('enable.impact.untagged', { count: total.untagged })}</p>}
        {examples.length > 0 && (
          <p className="mt-1 flex flex-wrap items-baseline gap-1.5">
            {examples.map((each) => (
              <Chip key={each}>{each}</Chip>
            ))}
            {total.tags > examples.length && t('enable.impact.more', { count: total.tags - examples.length })}
          </p>
        )}
      </Note>
      {unclear > 0 && (
        <Note tone="warn" className="mt-2">
          {t('enable.impact.unclear', { count: unclear })}
        </Note>
      )}
      {!complete && !refreshing && (
        <Note tone="warn" className="mt-2">
          {problem !== null
            ? t('enable.impact.halfWay', { reason })
            : t(capped ? 'enable.impact.capped' : 'enable.impact.cut')}
        </Note>
      )}
      <p className="mt-1 text-ink-3 text-xs">
        {refreshing && !complete
          ? t('enable.impact.soFar')
          : t('enable.impact.basis', { time: format.dateTime(new Date(at), { timeStyle: 'medium' }) })}
      </p>
    </>
  )
}
