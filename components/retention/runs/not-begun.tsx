'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Status } from '@/components/ui/status'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { type RetentionLocation, routes } from '@/lib/routes'
import { canCancel, stateKinds } from './run/state'

/** Runs that SWR was never told of: it lists none of them. Nothing where there are none. */
export function NotBegun({
  place,
  runs: { rows, total },
}: {
  place: RetentionLocation
  runs: ConsoleOutput<'retentionHistoryList'>['notBegun']
}) {
  const t = useTranslations('retentionRuns')
  const r = useTranslations('retentionRuns.run')
  if (rows.length === 0) return null
  return (
    <details
      open={rows.some(({ state }) => canCancel({ state }))}
      className="mb-3 rounded-lg border border-line bg-surface"
    >
      <summary className="cursor-pointer px-3.5 py-2">{t('notBegun', { count: total })}</summary>
      <ul aria-label={t('notBegun', { count: total })} className="divide-y divide-line border-line border-t">
        {rows.map(({ id, at, state, actorName }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3.5 py-2">
            <Link
              href={routes.retentionRun(place, id)}
              prefetch={false}
              className="font-medium hover:text-accent hover:underline"
            >
              {r('name', { id: String(id) })}
            </Link>
            <Status kind={stateKinds[state]}>{r(`state.${state}`)}</Status>
            <span className="text-ink-2">{t('by', { name: actorName })}</span>
            <span className="ml-auto text-ink-2">
              <Ago time={at} />
            </span>
          </li>
        ))}
      </ul>
      {total > rows.length && (
        <p className="border-line border-t px-3.5 py-2 text-ink-3 text-xs">
          {t('notBegunShown', { count: rows.length })}
        </p>
      )}
    </details>
  )
}
