/*
 * Sentinels of sync: a tag, the last part of a repository's name or the target organization that is one of these names, or
 * begins with one and a hyphen (`fault-late-2`). SWR says that it was copied, and it was not, or not yet: that is how the
 * service was seen to be, and so they act where the source organization is `as-recorded`, but for `fault-once`.
 */

/** What becomes of a tag that SWR has reported as copied. */
export type Lie = 'never' | 'late' | 'other'

export const syncFaults = {
  'fault-never': { says: 'is reported and never arrives', lie: 'never' },
  'fault-late': { says: 'is reported and arrives `lateSeconds` later', lie: 'late' },
  'fault-other': { says: 'is reported, and another image has the name at the target', lie: 'other' },
  'fault-once': { says: 'the first call that sends it is refused with 409 busy, the next one passes', lie: null },
} as const satisfies Readonly<Record<string, { says: string; lie: Lie | null }>>

export type SyncFault = keyof typeof syncFaults

const names = Object.keys(syncFaults) as SyncFault[]

/** The sentinel among names, if there is one. */
export const syncFaultIn = (given: readonly string[]): SyncFault | undefined =>
  names.find((fault) => given.some((name) => name === fault || name.startsWith(`${fault}-`)))
