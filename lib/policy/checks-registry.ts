import type { Finding } from '../contract/checks'
import { type CheckedPolicy, finding, type Subject } from './checks-subject'
import { readHealth } from './status'

/** Registries that SWR calls unhealthy, each with the enabled policies that point at it. */
export const checkRegistries = (enabled: readonly CheckedPolicy[], registries: Subject['registries']): Finding[] =>
  registries.flatMap(({ id, status }) => {
    const users = enabled.filter(({ registry }) => registry.id === id)
    const [first] = users
    return first && readHealth(status) === 'unhealthy'
      ? [finding('unhealthy_registry', users, { registry: first.registry, count: users.length })]
      : []
  })
