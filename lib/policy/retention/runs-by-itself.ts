import type { Retention } from '../../contract/swr/retention'

/** Nothing but a person begins it. */
export const isManual = ({ trigger }: Pick<Retention, 'trigger'> | { readonly trigger?: unknown }): boolean => {
  const type = typeof trigger === 'object' && trigger !== null && 'type' in trigger ? trigger.type : undefined
  return type === undefined || type === 'manual'
}

/** Whether SWR deletes by a policy without anybody asking; one of which nobody can say whether it is on does. */
export const runsByItself = (policy: Pick<Retention, 'enabled' | 'trigger'>): boolean =>
  policy.enabled !== false && !isManual(policy)
