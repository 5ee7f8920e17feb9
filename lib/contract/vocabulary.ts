/*
 * The words and rules of SWR that requests and forms share. Free of the schema library, so that forms in the browser can
 * import them.
 */

/** Largest page of an Enterprise list (docs/swr-api.md section 7). */
export const maxPageSize = 100

/** Kinds of policies of which versions are kept. */
export const policyKinds = ['replication', 'retention'] as const
export type PolicyKind = (typeof policyKinds)[number]

/** Kinds of objects that are read before they are changed. */
export type ObjectKind = PolicyKind | 'registry'

/** Signs of the names of policies and registries. SWR's English pages leave the Chinese ones out (docs/swr-api.md section 12). */
export const nameSigns = String.raw`\p{Script=Han}A-Za-z0-9_-`

/** Longest names, in characters. */
export const longestPolicyName = 256
export const longestRegistryName = 64

const namePattern = (longest: number) => new RegExp(`^[${nameSigns}]{1,${longest}}$`, 'u')
export const policyNamePattern = namePattern(longestPolicyName)

/** `regular` = patterns were typed, `selection` = repositories were picked from a list; the server only remembers it. */
export const scopeModes = ['regular', 'selection'] as const
export type ScopeMode = (typeof scopeModes)[number]

export const replicationTriggers = ['manual', 'scheduled', 'event_based'] as const

export const retentionTriggers = ['manual', 'scheduled'] as const

export const filterTypes = ['name', 'tag'] as const

/**
 * What is sent and worked out at most: filters of a policy, and signs of each. SWR's pages show two filters and name no
 * limit; Harbor keeps all of a policy in 1,024 signs. Picked repositories make the long ones.
 */
export const [mostFilters, longestFilter] = [50, 8_192]
/** Harbor's way to turn a filter round; SWR documents none (docs/swr-api.md section 8). */
export const filterDecorations = ['matches', 'excludes'] as const

/** The four keep-rules (docs/swr-api.md section 9): two count tags, two count days. */
export const retentionTemplates = [
  'latestPushedK',
  'latestPulledN',
  'nDaysSinceLastPush',
  'nDaysSinceLastPull',
] as const
export type RetentionTemplate = (typeof retentionTemplates)[number]

/** Harbor's upper limit of the two counting templates; for SWR inferred. */
export const maxRetentionCount = 32_766

/** Days beyond this run over the engine's 64-bit nanoseconds, and the limit they give may lie in the future (docs/swr-api.md section 9). */
export const largestDays = 106_751

export const tagDecorations = ['matches', 'excludes'] as const

/** Rules of a policy: SWR's guide names 15, its API page one (docs/swr-api.md section 9). */
export const mostRetentionRules = 15

/** Of a tag, by the distribution specification. */
export const longestTag = 128

/** Longest pattern of a retention selector (docs/swr-api.md section 12). */
export const maxSelectorLength = 512

/** Organization names (docs/swr-api.md section 12): lowercase start, single dots or hyphens or up to two "_" between characters. */
export const organizationName = /^(?=.{1,64}$)[a-z](?:[a-z0-9]|(?:\.|_{1,2}|-)(?=[a-z0-9]))*$/

/** Runs of automatic sync take their page in one text, which is mandatory (docs/swr-api.md section 7). */
export const autoSyncRunPage = ({ offset, limit }: { readonly offset: number; readonly limit: number }): string =>
  `limit::${limit}|offset::${offset}|order::desc`
export const autoSyncRunFilter = /^limit::(?:[1-9]\d?|100)\|offset::\d{1,15}\|order::(?:asc|desc)$/

/** Target registry types (docs/swr-api.md section 8): open-source Harbor, Enterprise Edition, Basic Edition. Exact case. */
export const registryTypes = ['swr-pro', 'swr-pro-internal', 'huawei-SWR'] as const
export type RegistryType = (typeof registryTypes)[number]

export const registryNamePattern = namePattern(longestRegistryName)

/**
 * What a run copies is very probably not narrowed by the filters of a policy that pulls from such a registry: all that its
 * login can see is copied (docs/swr-api.md section 8).
 */
export const ignoresFilters = (direction: 'push' | 'pull', type: string | undefined): boolean =>
  direction === 'pull' && type === 'huawei-SWR'

/** Stands for what must not leave the server, in texts that otherwise do. */
export const masked = '•••'

/** What the subtask list can be narrowed by, in the spelling that is documented for it (docs/swr-api.md section 8). */
export const subtaskStatuses = ['Initialized', 'Pending', 'InProgress', 'Succeed', 'Failed', 'Stopped'] as const

/** Causes that a run's failures are folded into; `other` keeps its own text. */
export const failureCauses = [
  'credential',
  'namespace_missing',
  'name_rejected',
  'quota',
  'network',
  'manifest_kind',
  'image_index',
  'gone_at_source',
  'immutable',
  'registry_missing',
  'other',
] as const
export type FailureCause = (typeof failureCauses)[number]

/** Names of the temporary policies that partial runs make. */
export const temporaryPolicyPrefix = 'console-run-'
export const temporaryPolicyPattern = new RegExp(`^${temporaryPolicyPrefix}[0-9a-f]{12}-[0-9]+$`)
/** Why something that failed is not run again. `outside`: the policy's filters do not take it any more. */
export const leftReasons = ['deletion', 'untagged', 'odd_tag', 'odd_repository', 'outside', 'policy'] as const
export type LeftReason = (typeof leftReasons)[number]

/** `keeps_nothing`, `never_runs` and `never_matches` follow from the text of a policy; in the first two it may be a retention policy. */
export const findingKinds = [
  'keeps_nothing',
  'never_runs',
  'never_matches',
  'same_destination',
  'different_override',
  'event_circle',
  'too_often',
  'unhealthy_registry',
  'pull_everything',
  'retention_deletes',
  'retention_copied_back',
  'retention_most',
  'hanging_run',
] as const

/** Copies in an archive that one request deletes: each is looked for there first. */
export const mostCopiesDeleted = 500
