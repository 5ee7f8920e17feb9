'use client'

import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { DryRun } from '@/lib/contract/console/retention-runs'

const kinds = { delete: 'bad', keep: 'ok', unknown: 'warn' } as const satisfies Record<string, StatusKind>

/** What SWR's dry run says in numbers; bytes are an upper limit, since images share layers. */
export function Totals({ totals, repositories }: { totals: DryRun['totals']; repositories?: number }) {
  const t = useTranslations('retentionRuns.totals')
  const r = useTranslations('retentionRuns')
  const bytes = useBytes()
  const shown = (['delete', 'keep', 'unknown'] as const).filter((each) => each !== 'unknown' || totals[each].images > 0)
  return (
    <section aria-label={t('label')} className="mb-4 rounded-lg border border-line bg-surface">
      <dl className="grid divide-y divide-line @table:grid-flow-col @table:auto-cols-fr @table:divide-x @table:divide-y-0">
        {shown.map((each) => (
          <div key={each} className="px-3.5 py-2.5">
            <dt>
              <Status kind={kinds[each]}>{r(`totals.${each}`)}</Status>
            </dt>
            <dd className="mt-0.5 font-semibold text-lg tabular-nums">{t('images', { count: totals[each].images })}</dd>
            <dd className="text-ink-2 text-sm tabular-nums">
              {t('tags', { count: totals[each].tags, size: bytes(totals[each].bytes) })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="flex flex-wrap gap-x-1 border-line border-t px-3.5 py-2 text-ink-3 text-xs">
        {repositories !== undefined && <span>{t('repositories', { count: repositories })}</span>}
        <span>{t('upper')}</span>
      </p>
    </section>
  )
}
