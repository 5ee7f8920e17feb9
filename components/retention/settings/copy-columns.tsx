'use client'

import { useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { Ago, Until } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { Checkbox } from '@/components/ui/input'
import { Status } from '@/components/ui/status'
import { tooltip } from '@/components/ui/tooltip'
import { useBytes } from '@/components/ui/use-format-bytes'
import { type Copy, copyKey, nameOf } from './queries'

/** Around the box, so that a finger hits it. */
const target = 'inline-flex size-6 items-center justify-center @table:-m-1'

export function useCopyColumns(
  chosen: ReadonlyMap<string, Copy>,
  toggle: (copies: readonly Copy[], wanted: boolean) => void,
  rows: readonly Copy[],
): Column<Copy>[] {
  const t = useTranslations('retentionRuns.archive')
  const i = useTranslations('retentionRuns.image')
  const bytes = useBytes()
  const now = useNow()
  const page = rows.filter(({ deletable }) => deletable)
  const isAll = page.length > 0 && page.every((copy) => chosen.has(copyKey(copy)))
  return [
    {
      id: 'choose',
      header: t('choose'),
      width: '@table:w-10',
      hiddenHeader: true,
      headerCell: (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
        <label className={target}>
          <Checkbox
            aria-label={t('choosePage')}
            checked={isAll}
            disabled={page.length === 0}
            onChange={({ target: { checked } }) => toggle(page, checked)}
          />
        </label>
      ),
      cell: (copy) =>
        copy.deletable ? (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
          <label className={target}>
            <Checkbox
              aria-label={t('chooseOne', { name: nameOf(copy) })}
              checked={chosen.has(copyKey(copy))}
              onChange={({ target: { checked } }) => toggle([copy], checked)}
            />
          </label>
        ) : null,
    },
    {
      id: 'image',
      header: i('image'),
      className: 'wrap-anywhere',
      rowHeader: true,
      cell: (copy) => (
        <>
          <span className="font-mono text-sm">{nameOf(copy)}</span>
          <small className="mt-px block font-mono text-ink-3 text-xs" {...tooltip(copy.digest)}>
            {copy.digest.slice(0, 19)}
          </small>
        </>
      ),
    },
    {
      id: 'place',
      header: t('place'),
      labelled: true,
      width: '@table:w-[26%]',
      className: 'wrap-anywhere text-ink-2',
      cell: ({ place, deletable }) => (
        <>
          <span className="font-mono text-sm">{place || '–'}</span>
          {!deletable && <small className="mt-px block text-xs">{t('elsewhere')}</small>}
        </>
      ),
    },
    {
      id: 'run',
      header: t('run'),
      labelled: true,
      width: '@table:w-20',
      className: 'tabular-nums',
      cell: ({ run }) => run,
    },
    {
      id: 'at',
      header: t('at'),
      labelled: true,
      width: '@table:w-32',
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ at }) => <Ago time={at} />,
    },
    {
      id: 'until',
      header: t('until'),
      labelled: true,
      width: '@table:w-36',
      cell: ({ until }) =>
        new Date(until) <= now ? (
          <>
            <Status kind="warn">{t('isOverdue')}</Status>
            <small className="mt-px block text-ink-3 text-xs">
              <Ago time={until} />
            </small>
          </>
        ) : (
          <Until time={new Date(until)} />
        ),
    },
    {
      id: 'size',
      header: i('size'),
      labelled: true,
      width: '@table:w-24',
      className: 'text-ink-2 whitespace-nowrap tabular-nums @table:text-right',
      cell: ({ size }) => bytes(size),
    },
  ]
}
