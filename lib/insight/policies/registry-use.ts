import 'server-only'
import { oldest } from '../../cache'
import type { RegistryUse } from '../../contract/console/insight'
import type { Execution } from '../../contract/swr/replication'
import { remoteOf } from '../../policy/replication/request'
import { outcomeOf } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import type { ConsoleHandlers } from '../handler'
import { fetchLatestRuns } from './latest-runs'
import { fetchPolicies } from './policies'

const good = new Set(['succeeded'])
const bad = new Set(['failed', 'partly_failed'])

/** The start of the newest run that went so. */
function newest(runs: readonly Execution[], outcomes: ReadonlySet<string>): string | null {
  const times = runs.flatMap((run) => (outcomes.has(outcomeOf(run)) ? (parseTime(run.created_at) ?? []) : []))
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : null
}

/** Which policies use each registry, and how their latest runs went. A registry that none uses is missing. */
export const registryUseList: ConsoleHandlers<'registryUseList'>['registryUseList'] = async ({ actor, params }) => {
  const place = { connection: params.connection, instance: params.instance_id }
  const [policies, runs] = await Promise.all([
    fetchPolicies(actor, place),
    fetchLatestRuns(actor, place).catch(() => null),
  ])
  const uses = new Map<number, { use: RegistryUse; runs: Execution[] }>()
  for (const policy of policies.value.rows) {
    const { direction, registry } = remoteOf(policy)
    if (policy.id === undefined || registry === undefined) continue
    const found = uses.get(registry) ?? {
      use: { id: registry, policies: [], lastGood: null, lastBad: null },
      runs: [],
    }
    found.use.policies.push({
      id: policy.id,
      name: policy.name ?? `#${policy.id}`,
      enabled: policy.enabled === true,
      direction,
    })
    found.runs.push(...(runs?.value.byPolicy.get(policy.id) ?? []))
    uses.set(registry, found)
  }
  const looks = [policies, ...(runs ? [runs] : [])]
  return {
    at: oldest(looks),
    complete: policies.value.complete && runs?.value.complete === true && looks.every(({ problem }) => !problem),
    refreshing: looks.some(({ refreshing }) => refreshing),
    registries: [...uses.values()].map(({ use, runs: all }) => ({
      ...use,
      lastGood: newest(all, good),
      lastBad: newest(all, bad),
    })),
  }
}
