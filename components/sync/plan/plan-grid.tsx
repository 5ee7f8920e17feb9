'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useMemo } from 'react'
import { filterChipClass } from '@/components/table/filter-chip'
import { Button } from '@/components/ui/button'
import type { SyncPlan } from '@/lib/contract/console/sync'
import type { PlanCode, SendMode } from '@/lib/contract/console/sync-vocabulary'
import { Grid } from '../grid/grid'
import { useGrid } from '../grid/use-grid'
import { applicable, type Choices, cellsWith, choose, type PlanCell, planCells, totalsOf } from './choices'
import { PlanStatus, usePlanReason } from './plan-status'

/** What goes first, what needs a decision next, what stands in the way last. */
const order: readonly PlanCode[] = [
  'new',
  'not_visible',
  'different',
  'same',
  'source_missing',
  'organization_missing',
  'same_region',
  'blocked',
]
const modes: readonly SendMode[] = ['send', 'overwrite', 'leave']

/** The plan cell by cell. Chosen cells, rows or columns are sent, overwritten or left at a press. */
export function PlanGrid({
  plan,
  isOld,
  choices,
  onChoose,
}: {
  plan: SyncPlan
  isOld: boolean
  choices: Choices
  onChoose: (choices: Choices) => void
}) {
  const t = useTranslations('sync.plan')
  const whyOf = usePlanReason()
  const shape = useMemo(
    () => ({ rows: plan.rows.map((_, row) => row), columns: plan.targets.length }),
    [plan.rows, plan.targets.length],
  )
  const rows = useMemo(
    () =>
      plan.rows.map(({ repository, tag, inUse }, row) => {
        const used = inUse.length > 0 ? t('inUse', { clusters: inUse.join(', ') }) : undefined
        const cells = planCells(plan, choices, row)
        // The source has the same reason for all of them.
        const unread = cells.find(({ plan: code, reason }) => code === 'blocked' && reason !== null)
        return { row, repository, tag, cells, note: unread ? whyOf(unread.reason) : used }
      }),
    [plan, choices, t, whyOf],
  )
  const { plans } = useMemo(() => totalsOf(plan, choices), [plan, choices])
  const grid = useGrid(shape)
  const renderCell = useCallback((cell: PlanCell) => <PlanStatus cell={cell} />, [])
  const count = grid.selected.size
  return (
    <>
      <fieldset className="mb-2 flex flex-wrap gap-1.5">
        <legend className="mb-1 text-ink-3 text-xs">{t('kinds')}</legend>
        {order.map((code) => {
          const number = plans[code] ?? 0
          if (number === 0) return null
          return (
            <button
              key={code}
              type="button"
              className={filterChipClass(false)}
              onClick={() => grid.choose(cellsWith(plan, code))}
            >
              {t(`kind.${code}`, { count: number })}
            </button>
          )
        })}
      </fieldset>
      <Grid
        label={t('grid')}
        targets={plan.targets}
        rows={rows}
        shape={shape}
        grid={grid}
        renderCell={renderCell}
        isOld={isOld}
      />
      <div className="flex min-h-11 flex-wrap items-center gap-2 py-1.5">
        <span aria-live="polite" className={count > 0 ? 'font-medium tabular-nums' : 'text-ink-3 text-sm'}>
          {count > 0 ? t('selected', { count }) : t('hint')}
        </span>
        {count > 0 && (
          <>
            <Button look="ghost" onClick={grid.clear}>
              {t('clear')}
            </Button>
            <span className="flex-1" />
            {modes.map((mode) => {
              const cells = applicable(plan, grid.selected, mode)
              return (
                <Button
                  key={mode}
                  look={mode === 'overwrite' ? 'danger' : 'plain'}
                  aria-disabled={cells.length === 0}
                  onClick={() => cells.length > 0 && onChoose(choose(plan, choices, cells, mode))}
                >
                  {t(`mode.${mode}`, { count: cells.length })}
                </Button>
              )
            })}
          </>
        )}
      </div>
    </>
  )
}
