'use client'

import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { useCan } from '@/components/context/actor'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Status } from '@/components/ui/status'
import type { SyncCell } from '@/lib/contract/console/sync'
import { Grid } from '../grid/grid'
import { useGrid } from '../grid/use-grid'
import { CellDetail } from './cell-detail'
import { cellKinds, isRetryable, type JobAnswer, rowsOf } from './cells'
import { useRetry } from './job-acts'
import { jobAddress } from './search-params'

/** Every cell of a job. Chosen ones are sent again; the one that was pressed last says why it is as it is. */
export function JobGrid({ connection, answer }: { connection: string; answer: JobAnswer }) {
  const t = useTranslations('sync.job')
  const [{ state, cell: open }, setAddress] = useQueryStates(jobAddress)
  const { targets } = answer.job
  const { all, shown } = useMemo(() => rowsOf(answer, state), [answer, state])
  const shape = useMemo(() => ({ rows: shown.map(({ row }) => row), columns: targets.length }), [shown, targets.length])
  const cellOf = (id: number): SyncCell | null =>
    all[Math.floor(id / targets.length)]?.cells[id % targets.length] ?? null
  const grid = useGrid(shape, (id) => setAddress({ cell: cellOf(id)?.index ?? null }))
  const renderCell = useCallback((cell: SyncCell) => <CellStatus cell={cell} />, [])
  const retry = useRetry(connection, answer.job.id)
  const can = useCan('syncJobRetry')
  const chosen = [...grid.selected].flatMap((id) => cellOf(id) ?? [])
  const again = chosen.filter(isRetryable)
  const opened = open === null ? undefined : answer.cells.find(({ index }) => index === open)
  return (
    <section aria-labelledby="cells">
      <h2 id="cells" className="mb-2">
        {t('cells')}
      </h2>
      {shown.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty
            title={t('filtered')}
            action={<Button onClick={() => setAddress({ state: null })}>{t('all')}</Button>}
          />
        </div>
      ) : (
        <Grid
          label={t('grid', { id: String(answer.job.id) })}
          targets={targets}
          rows={shown}
          shape={shape}
          grid={grid}
          renderCell={renderCell}
        />
      )}
      <div className="flex min-h-11 flex-wrap items-center gap-2 py-1.5">
        <span aria-live="polite" className={chosen.length > 0 ? 'font-medium tabular-nums' : 'text-ink-3 text-sm'}>
          {chosen.length > 0 ? t('selected', { count: chosen.length }) : t('hint')}
        </span>
        {chosen.length > 0 && (
          <>
            <Button look="ghost" onClick={grid.clear}>
              {t('clear')}
            </Button>
            <span className="flex-1" />
            <ReasonedButton
              reason={can.reason ?? (again.length === 0 ? t('again.none') : undefined)}
              aria-disabled={retry.isPending}
              onClick={() => {
                retry.send({ cells: again.map(({ index }) => index) })
                grid.clear()
              }}
            >
              {t('again.selected', { count: again.length })}
            </ReasonedButton>
          </>
        )}
      </div>
      {opened && (
        <CellDetail cell={opened} target={targets[opened.target]} onClose={() => setAddress({ cell: null })} />
      )}
    </section>
  )
}

function CellStatus({ cell: { state } }: { cell: SyncCell }) {
  const t = useTranslations('sync.job')
  return <Status kind={cellKinds[state]}>{t(`state.${state}`)}</Status>
}
