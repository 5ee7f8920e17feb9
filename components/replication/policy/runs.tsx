'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { Pager } from '@/components/table/pager'
import type { Execution } from '@/lib/contract/swr/replication'
import { outcomeOf } from '@/lib/policy/runs/status'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { runsAddress, runsInput } from '../../run/list-search-params'
import { RunList } from '../../run/run-list'

/** While a run moves, its counters are asked for again; a hidden tab never asks (TanStack Query's default). */
const pollWhileMoving = 3_000
const moving = (runs: readonly Execution[] = []) => runs.some((run) => outcomeOf(run) === 'running')

/** The runs of a policy, newest first, a page at a time. */
export function PolicyRuns({ at, policyId }: { at: InstanceLocation; policyId: string }) {
  const [view, setView] = useQueryStates(runsAddress, { history: 'push' })
  const runs = useQuery({
    ...apiPolling('executionList', runsInput(at, policyId, view), (answer) =>
      moving(answer?.executions) ? pollWhileMoving : false,
    ),
    placeholderData: keepPreviousData,
  })
  const shown = runs.data?.executions.length ?? 0
  const page = Math.max(view.page, 1)
  const total = runs.data?.total
  return (
    <>
      <RunList at={at} policyId={policyId} runs={runs} pastEnd={page > 1} />
      {(page > 1 || total === undefined ? shown > 0 || page > 1 : total > 10) && (
        <Pager view={{ page, size: view.size }} onChange={setView} total={total} shown={shown} />
      )}
    </>
  )
}
