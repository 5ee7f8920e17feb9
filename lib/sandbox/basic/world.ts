import type { Raw } from '../json-fields'

/*
 * The Basic Edition's part of the world. A project is an account's share of one region; organizations belong to a project, and
 * their names are unique in its region over all accounts.
 */

export interface Project {
  readonly id: string
  readonly region: string
  /** Whose it is: images can be sent to other regions of the same account only. */
  account: string
  organizationQuota: number
  /** The gates `enable_image_sync` and `enable_image_quota`. */
  imageSync: boolean
  imageQuota: boolean
  agency: boolean
}

export interface BasicTag {
  readonly id: number
  readonly name: string
  readonly digest: string
  readonly size: number
  readonly created: string
  readonly updated: string
  /** Where a sync brought it from. */
  readonly from?: Source
}

export interface Source {
  readonly project: string
  readonly organization: string
}

export interface BasicRepository {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly category: string
  readonly isPublic: boolean
  readonly downloads: number
  readonly created: string
  updated: string
  /** By name, oldest first. */
  readonly tags: Map<string, BasicTag>
}

/** How SWR treats what is sent from an organization. */
export interface Mood {
  /** As the documentation has it, or as the service was seen to be (docs/swr-api.md section 16). */
  readonly mood: 'strict' | 'as-recorded'
  /** Share of the cells (one tag for one target) whose success is not true; only `as-recorded`. */
  readonly lies: number
  readonly seed: number
  /** How long a tag takes that comes late. */
  readonly lateSeconds: number
  /** How long a manual sync takes for what it copies. */
  readonly secondsPerGigabyte: number
  /** From a push until automatic sync has copied it, beside the time for its size. */
  readonly automaticSeconds: number
}

export interface Organization {
  readonly id: number
  readonly project: string
  readonly name: string
  readonly creator: string
  readonly auth: 7 | 3 | 1
  readonly repositories: BasicRepository[]
  /** How tags are found by name: which of the two the service does is not documented. */
  readonly tagSearch: 'part' | 'whole'
  mood: Mood
}

/** A rule of automatic sync, in the words of its row. */
export interface AutoSync {
  readonly id: number
  readonly namespace: string
  readonly repoName: string
  readonly remoteRegionId: string
  readonly remoteNamespace: string
  readonly override: boolean
  /** Stored when false, and never listed. */
  readonly syncAuto: boolean
  readonly createdAt: string
  readonly updatedAt: string
  readonly domainID: string
  readonly domainName: string
}

/** One tag that a rule copies. Times are milliseconds since the epoch. */
export interface AutoSyncRun {
  readonly id: number
  readonly project: string
  readonly rule: AutoSync
  readonly cell: Cell
  readonly pushed: number
  readonly begins: number
  readonly ends: number
  /** What became of it; null until it is over. */
  outcome: 'success' | 'failed' | 'existed' | null
}

/** One tag for one target. */
export interface Cell {
  readonly region: string
  readonly organization: string
  readonly repository: string
  readonly tag: Pick<BasicTag, 'name' | 'digest' | 'size'>
  readonly override: boolean
  readonly from: Source
}

/** A tag that is on its way; `at` in milliseconds since the epoch. */
export interface Arrival {
  readonly at: number
  readonly cell: Cell
}

/** A key may have so many manual syncs under way. */
export interface Throttle {
  readonly syncCalls: number
  readonly retryAfterSeconds: number
}

/** A retention rule of one repository; `row` as SWR answers it. */
export interface BasicRetention {
  readonly project: string
  readonly namespace: string
  readonly repo: string
  row: Raw
  /** When it last ran, in milliseconds since the epoch. */
  appliedTo: number
}

export interface BasicWorld {
  readonly projects: Map<string, Project>
  readonly organizations: Organization[]
  /** As SWR answers them: not every element names a region. */
  readonly regions: readonly {
    readonly regionID?: string
    readonly region_name?: string
    readonly registryURL?: string
  }[]
  /** By the id of the project whose repositories they are of. */
  readonly rules: { readonly project: string; readonly rule: AutoSync }[]
  readonly runs: AutoSyncRun[]
  readonly retentions: BasicRetention[]
  /** Rows as SWR answers them, oldest first. */
  readonly retentionLog: { readonly project: string; readonly row: Raw }[]
  arrivals: Arrival[]
  /** How often each cell was sent. */
  readonly attempts: Map<string, number>
  /** By access key. */
  readonly throttles: Map<string, Throttle>
  /** Manual syncs that SWR still works on, until that time. */
  underWay: { readonly access: string; readonly until: number }[]
  issued: number
}
