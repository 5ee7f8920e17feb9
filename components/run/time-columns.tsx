import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { between, useTook } from './duration'

interface Timed {
  readonly start: string | null
  readonly end: string | null
}

/** How long it took and when it ended. */
export function useTimeColumns(): Column<Timed>[] {
  const t = useTranslations('run')
  const took = useTook()
  return [
    {
      id: 'took',
      header: t('tags.took'),
      labelled: true,
      width: '@table:w-24',
      className: 'text-ink-2 tabular-nums whitespace-nowrap @table:text-right',
      cell: ({ start, end }) => {
        const length = between(start, end)
        return length === null ? null : took(length)
      },
    },
    {
      id: 'ended',
      header: t('tags.ended'),
      labelled: true,
      width: '@table:w-32',
      className: 'text-ink-2 whitespace-nowrap @table:text-right',
      cell: ({ end }) => <Ago time={end ?? undefined} />,
    },
  ]
}
