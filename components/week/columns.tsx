'use client'

import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { ScheduleText } from '@/components/schedule/schedule-text'
import type { Column } from '@/components/table/column'
import type { InstanceLocation } from '@/lib/routes'
import { scheduleHref } from './search-params'
import type { Timed } from './shape'

/** Seconds in the largest unit that keeps one place of precision. */
function unitOf(seconds: number) {
  if (seconds < 90) return { unit: 'seconds', value: seconds } as const
  if (seconds < 5_400) return { unit: 'minutes', value: Math.round(seconds / 60) } as const
  return { unit: 'hours', value: Math.round(seconds / 360) / 10 } as const
}

/** What the strip shows, as a table. */
export function useWeekColumns(
  at: InstanceLocation,
  registryName: (id: number, name: string) => string,
): Column<Timed>[] {
  const t = useTranslations('week')
  const format = useFormatter()
  return [
    {
      id: 'policy',
      header: t('table.policy'),
      rowHeader: true,
      width: '@table:w-[30%]',
      cell: ({ schedule: { kind, id, name, namespace, registry, enabled } }) => (
        <>
          <Link
            href={scheduleHref(at, { kind, id, namespace })}
            prefetch={false}
            className="font-medium wrap-anywhere hover:text-accent hover:underline"
          >
            {name}
          </Link>
          <small className="mt-px block text-ink-3 text-xs wrap-anywhere">
            {[
              t(`kind.${kind}`),
              registry ? registryName(registry.id, registry.name) : namespace,
              !enabled && t('disabled'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </>
      ),
    },
    {
      id: 'schedule',
      header: t('table.schedule'),
      className: 'tabular-nums',
      cell: ({ schedule: { cron, enabled } }) => <ScheduleText cron={cron} enabled={enabled} />,
    },
    {
      id: 'starts',
      header: t('table.starts'),
      labelled: true,
      width: '@table:w-44',
      className: 'tabular-nums',
      cell: ({ starts }) => (starts.length === 0 ? t('table.none') : format.number(starts.length)),
    },
    {
      id: 'usual',
      header: t('table.usual'),
      labelled: true,
      width: '@table:w-40',
      className: 'tabular-nums',
      cell: ({ schedule: { usual } }) => {
        if (usual === null) return <span className="text-ink-3">{t('usual.unknown')}</span>
        const { unit, value } = unitOf(usual)
        return t(`usual.${unit}`, { value })
      },
    },
  ]
}
