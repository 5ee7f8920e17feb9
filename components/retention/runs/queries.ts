import type { RetentionRunState } from '@/lib/contract/console/retention-vocabulary'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { readStatus } from '@/lib/policy/runs/status'
import type { ApiInput } from '@/lib/query/operations'
import type { RetentionLocation } from '@/lib/routes'

/* Server and browser ask with equal words, or they do not meet in the cache. */

export const policyParams = ({ connection, instance, namespace, policy }: RetentionLocation) => ({
  connection,
  instance_id: instance,
  namespace_name: namespace,
  policy_id: String(policy),
})

export const lockInput = (place: RetentionLocation): ApiInput<'retentionLockShow'> => ({ params: policyParams(place) })

export const dryRunInput = (place: RetentionLocation, id: number): ApiInput<'retentionDryRunShow'> => ({
  params: { ...policyParams(place), dry_run_id: String(id) },
})

export const runInput = (place: RetentionLocation, id: number): ApiInput<'retentionRunShow'> => ({
  params: { ...policyParams(place), retention_run_id: String(id) },
})

export const executionParams = (place: RetentionLocation, id: number) => ({
  ...policyParams(place),
  execution_id: String(id),
})

/** What a write of runs makes old, beside what it answers. */
export const staleRuns = [
  'retentionLockShow',
  'retentionHistoryList',
  'retentionDryRunShow',
  'retentionRunShow',
  'retentionRunImageList',
] as const

const followMs = 2_000
const listMs = 5_000
/** Waits for a person, or for nothing that one has to see at once. */
const slowMs = 15_000

interface State<Data> {
  readonly data: Data | undefined
  readonly error: unknown
}

/** After a failure nothing is asked by itself: bad signatures in a row lock the key. */
export const pollDryRun = ({ data, error }: State<{ dryRun: { state: string } }>): number | false =>
  !error && data?.dryRun.state === 'running' ? followMs : false

const runMoves: readonly RetentionRunState[] = ['checking', 'copying', 'deleting']

export function pollRun({
  data,
  error,
}: State<{
  run: { state: RetentionRunState; failure: string | null; restores: { waiting: number } }
}>): number | false {
  if (error || !data) return false
  const { state, failure, restores } = data.run
  if (runMoves.includes(state) || restores.waiting > 0) return followMs
  // The console goes on looking at one that hangs: what SWR does in the end is entered.
  return state === 'waiting' || failure === 'retention_hanging' ? slowMs : false
}

type History = ConsoleOutput<'retentionHistoryList'>

/** While SWR is at one, or the console has begun one of which SWR knows nothing yet; one that waits for a person more seldom. */
export function pollHistory({
  data,
  error,
}: State<{
  rows: readonly Pick<History['rows'][number], 'status'>[]
  notBegun: { readonly rows: readonly Pick<History['notBegun']['rows'][number], 'state'>[] }
}>): number | false {
  if (error || !data) return false
  const { rows, notBegun } = data
  if (rows.some(({ status }) => readStatus(status).phase === 'running')) return listMs
  if (notBegun.rows.some(({ state }) => runMoves.includes(state))) return listMs
  return notBegun.rows.some(({ state }) => state === 'waiting') ? slowMs : false
}

/** A dry run that moves changes the lock; a real one is watched on its own page. */
export const pollLock = ({ data, error }: State<{ dryRun: { state: string } | null; run: number | null }>) =>
  error || !data ? false : data.dryRun?.state === 'running' ? followMs : data.run !== null ? slowMs : false
