import 'server-only'
import { oldest } from '../../cache'
import type { Scheduled } from '../../contract/console/insight'
import { remoteOf } from '../../policy/replication/request'
import { usualOf } from '../../policy/runs/duration'
import type { ConsoleHandlers } from '../handler'
import { fetchLatestRuns } from './latest-runs'
import { fetchPolicies, fetchRetentions } from './policies'

export const weekShow: ConsoleHandlers<'weekShow'>['weekShow'] = async ({ actor, params }) => {
  const place = { connection: params.connection, instance: params.instance_id }
  // One kind is worth showing without the other.
  const [policies, retentions, runs] = await Promise.all([
    fetchPolicies(actor, place),
    fetchRetentions(actor, place).catch(() => null),
    fetchLatestRuns(actor, place).catch(() => null),
  ])
  const looks = [policies, retentions, runs]
  const replications = policies.value.rows.flatMap((policy): Scheduled[] => {
    const { id, name, enabled, trigger } = policy
    if (id === undefined || trigger?.type !== 'scheduled') return []
    const { registry, name: remote } = remoteOf(policy)
    return [
      {
        kind: 'replication',
        id,
        name: name ?? `#${id}`,
        namespace: null,
        registry: registry === undefined ? null : { id: registry, name: remote ?? '' },
        enabled: enabled === true,
        cron: trigger.trigger_settings?.cron ?? '',
        usual: usualOf(runs?.value.byPolicy.get(id) ?? []),
      },
    ]
  })
  const others = (retentions?.value.rows ?? []).flatMap(
    ({ id, name, namespace_name, enabled, trigger }): Scheduled[] =>
      id === undefined || trigger?.type !== 'scheduled'
        ? []
        : [
            {
              kind: 'retention',
              id,
              name: name ?? `#${id}`,
              namespace: namespace_name ?? null,
              registry: null,
              enabled: enabled === true,
              cron: trigger.trigger_settings?.cron ?? '',
              usual: null,
            },
          ],
  )
  return {
    at: oldest(looks),
    complete: policies.value.complete && retentions?.value.complete === true && looks.every((each) => !each?.problem),
    refreshing: looks.some((each) => each?.refreshing),
    schedules: [...replications, ...others].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}
