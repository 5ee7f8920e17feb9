import type { Finding } from '../../contract/console/checks'
import { describeReplication } from '../replication/describe'
import { pullsAll } from '../replication/pull'
import { readHealth } from '../runs/status'
import { type CheckedPolicy, type Subject, toFinding } from './subject'

/** Registries that SWR calls unhealthy, each with the enabled policies that point at it. */
export const checkRegistries = (enabled: readonly CheckedPolicy[], registries: Subject['registries']): Finding[] =>
  registries.flatMap(({ id, status }) => {
    const users = enabled.filter(({ registry }) => registry.id === id)
    const [first] = users
    return first && readHealth(status) === 'unhealthy'
      ? [toFinding('unhealthy_registry', users, { registry: first.registry, count: users.length })]
      : []
  })

/** Policies whose filters narrow what they pull, and very probably have no effect. */
export const checkPulls = (enabled: readonly CheckedPolicy[], registries: Subject['registries']): Finding[] =>
  enabled.flatMap((each) => {
    const { names, tags } = describeReplication(each.said)
    const isNarrow = names !== 'all' || tags !== 'all'
    return isNarrow && pullsAll(each.said, registries)
      ? [toFinding('pull_everything', [each], { registry: each.registry, count: 1 })]
      : []
  })
