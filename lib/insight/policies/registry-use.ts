import 'server-only'
import { oldest } from '../../cache'
import type { Execution } from '../../contract/swr/replication'
import { remoteOf } from '../../policy/replication/request'
import { outcomeOf } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import type { ConsoleHandlers } from '../handler'
import { slicesWithoutEnd } from '../time-slice'
import { fetchLatestRuns } from './latest-runs'
import { fetchPolicies } from './policies'

const good = new Set(['succeeded'])
const bad = new Set(['failed', 'partly_failed'])

interface Use {
  policies: number
  /** The start of the newest run that went so, in milliseconds. */
  lastGood: number
  lastBad: number
}

function addRun(use: Use, run: Execution) {
  const outcome = outcomeOf(run)
  const time = parseTime(run.created_at) ?? 0
  if (good.has(outcome)) use.lastGood = Math.max(use.lastGood, time)
  if (bad.has(outcome)) use.lastBad = Math.max(use.lastBad, time)
}

const momentOrNull = (time: number) => (time === 0 ? null : new Date(time).toISOString())

/** How many policies use each registry, and how their latest runs went. A registry that none uses is missing. */
export const registryUseList: ConsoleHandlers<'registryUseList'>['registryUseList'] = async ({ actor, params }) => {
  const place = { connection: params.connection, instance: params.instance_id }
  const [policies, runs] = await Promise.all([
    fetchPolicies(actor, place),
    fetchLatestRuns(actor, place).catch(() => null),
  ])
  const uses = new Map<number, Use>()
  const slices = slicesWithoutEnd()
  for (const policy of policies.value.rows) {
    if (slices.isOver()) await slices.breathe()
    const { registry } = remoteOf(policy)
    if (policy.id === undefined || registry === undefined) continue
    const use = uses.get(registry) ?? { policies: 0, lastGood: 0, lastBad: 0 }
    uses.set(registry, use)
    use.policies += 1
    for (const run of runs?.value.byPolicy.get(policy.id) ?? []) addRun(use, run)
  }
  const looks = [policies, ...(runs ? [runs] : [])]
  return {
    at: oldest(looks),
    complete: policies.value.complete && runs?.value.complete === true && looks.every(({ problem }) => !problem),
    refreshing: looks.some(({ refreshing }) => refreshing),
    registries: [...uses].map(([id, use]) => ({
      id,
      policies: use.policies,
      lastGood: momentOrNull(use.lastGood),
      lastBad: momentOrNull(use.lastBad),
    })),
  }
}
