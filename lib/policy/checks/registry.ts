import type { Finding } from '../../contract/console/checks'
import { readHealth } from '../runs/status'
import { type CheckedPolicy, finding, type Subject } from './subject'

/** Registries that SWR calls unhealthy, each with the enabled policies that point at it. */
export const checkRegistries = (enabled: readonly CheckedPolicy[], registries: Subject['registries']): Finding[] =>
  registries.flatMap(({ id, status }) => {
    const users = enabled.filter(({ registry }) => registry.id === id)
    const [first] = users
    return first && readHealth(status) === 'unhealthy'
      ? [finding('unhealthy_registry', users, { registry: first.registry, count: users.length })]
      : []
  })
