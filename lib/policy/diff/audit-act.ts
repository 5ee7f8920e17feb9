import { changesBetween } from './changes-text'

interface Recorded {
  readonly operation: string
  readonly before?: unknown
  readonly after?: unknown
}

const switches: Readonly<Record<string, { readonly on: string; readonly off: string }>> = {
  replicationUpdate: { on: 'replicationEnable', off: 'replicationDisable' },
  retentionUpdate: { on: 'retentionEnable', off: 'retentionDisable' },
}

/** The operation of an entry, more exactly where its only change was a switch: enabling and disabling are acts of their own. */
export function auditActOf({ operation, before, after }: Recorded): string {
  const acts = switches[operation]
  if (!acts || !before || !after) return operation
  const [change, ...others] = changesBetween(before, after)
  if (change?.path !== 'enabled' || others.length > 0) return operation
  return change.after === true ? acts.on : acts.off
}
