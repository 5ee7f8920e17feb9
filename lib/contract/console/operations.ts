import type { Role } from '../roles'
import type { Risk, SwrRoute } from '../swr/route'

/** An operation of the console's own, behind `/api/console`. */
export interface ConsoleRoute {
  readonly method: SwrRoute['method']
  readonly path: string
  readonly role: Role
  readonly risk: Risk
  /** A change of something that has a `content_hash`: it says which one it was made on. */
  readonly ifMatch?: true
  /** Bytes that a request's body may have; default 1 MiB. */
  readonly maxBodyBytes?: number
}

const mebibyte = 1024 * 1024

const user = '/users/{user_id}'
const place = '/instances/{connection}/{instance_id}'
const policy = `${place}/replication/{policy_id}` as const
const run = `${policy}/runs/{execution_id}` as const
const retention = `${place}/retention` as const
const retentionPolicy = `${retention}/{namespace_name}/{policy_id}` as const
const dryRun = `${retentionPolicy}/dry-runs/{dry_run_id}` as const
const retentionRun = `${retentionPolicy}/runs/{retention_run_id}` as const
const retentionExecution = `${retentionPolicy}/executions/{execution_id}` as const
const basicRetention = '/basic-retention/{connection}'
const sync = '/sync/{connection}'
const syncJob = `${sync}/jobs/{sync_job_id}` as const
const revisions = '/revisions/{connection}/{instance_id}/{kind}'

/** What the console knows itself: accounts, the audit log, versions of policies. As with SWR's, there is no open default. */
export const consoleRoutes = {
  userList: { method: 'GET', path: '/users', role: 'admin', risk: 'read' },
  userInvite: { method: 'POST', path: '/users', role: 'admin', risk: 'reversible' },
  userUpdate: { method: 'PATCH', path: user, role: 'admin', risk: 'reversible' },
  userResetLink: { method: 'POST', path: `${user}/reset-link`, role: 'admin', risk: 'reversible' },
  /** Lets an account try its password again at once. */
  userUnlock: { method: 'POST', path: `${user}/unlock`, role: 'admin', risk: 'reversible' },
  userSignOut: { method: 'POST', path: `${user}/sign-out`, role: 'admin', risk: 'reversible' },
  /** Tokens of the public API; each person their own. */
  tokenList: { method: 'GET', path: '/tokens', role: 'viewer', risk: 'read' },
  tokenCreate: { method: 'POST', path: '/tokens', role: 'viewer', risk: 'reversible' },
  tokenRevoke: { method: 'DELETE', path: '/tokens/{token_id}', role: 'viewer', risk: 'final' },
  /** Connections to SWR and whether SWR accepts their keys. */
  connectionList: { method: 'GET', path: '/connections', role: 'viewer', risk: 'read' },
  /** Sends one request with a key that SWR has refused. */
  connectionRetry: { method: 'POST', path: '/connections/{connection}/retry', role: 'admin', risk: 'reversible' },
  auditList: { method: 'GET', path: '/audit', role: 'viewer', risk: 'read' },
  revisionList: { method: 'GET', path: `${revisions}/{object_id}`, role: 'viewer', risk: 'read' },
  /** Policies that are gone and can be made again from their last version. */
  deletedList: { method: 'GET', path: revisions, role: 'viewer', risk: 'read' },

  /** Policies with their last result and next run: what SWR's own list cannot be filtered by. */
  replicationIndex: { method: 'GET', path: `${place}/replication`, role: 'viewer', risk: 'read' },
  weekShow: { method: 'GET', path: `${place}/week`, role: 'viewer', risk: 'read' },
  weekScheduleList: { method: 'GET', path: `${place}/week/schedules`, role: 'viewer', risk: 'read' },
  registryUseList: { method: 'GET', path: `${place}/registry-use`, role: 'viewer', risk: 'read' },
  // Patterns can be longer than an address may be.
  matchPreview: { method: 'POST', path: `${place}/matches`, role: 'viewer', risk: 'read' },
  runShow: { method: 'GET', path: run, role: 'viewer', risk: 'read' },
  runTagList: { method: 'GET', path: `${run}/tags`, role: 'viewer', risk: 'read' },
  runTaskList: { method: 'GET', path: `${run}/repositories`, role: 'viewer', risk: 'read' },
  /** What failed in a run and can be copied again. */
  retryPlanShow: { method: 'GET', path: `${run}/retry`, role: 'viewer', risk: 'read' },
  copyPlanShow: { method: 'GET', path: `${policy}/copy-plan`, role: 'viewer', risk: 'read' },
  /** Makes, runs and removes short-lived policies: an operator may do that, though not write policies. */
  partialRunStart: { method: 'POST', path: `${policy}/partial-runs`, role: 'operator', risk: 'final' },
  partialRunCancel: {
    method: 'POST',
    path: `${policy}/partial-runs/{partial_run_id}/cancel`,
    role: 'operator',
    risk: 'final',
  },
  partialRunList: { method: 'GET', path: `${policy}/partial-runs`, role: 'viewer', risk: 'read' },
  /** Whether a namespace exists behind a registry; the registry 0 is this instance. */
  targetNamespaceShow: {
    method: 'GET',
    path: `${place}/registries/{registry_id}/namespaces/{namespace_name}`,
    role: 'viewer',
    risk: 'read',
  },
  /** What a run of a retention policy would delete now. */
  /** Verdicts of retention rules over the images that are there; the rules need not be saved. */
  retentionDecide: { method: 'POST', path: `${retention}/decisions`, role: 'viewer', risk: 'read' },
  retentionIndex: { method: 'GET', path: retention, role: 'viewer', risk: 'read' },
  /** Whether a real run, and switching a schedule on, are open. */
  retentionLockShow: { method: 'GET', path: `${retentionPolicy}/lock`, role: 'viewer', risk: 'read' },
  /** Whether an enabled schedule stays on if other rules, or another trigger, are saved; asked before. */
  retentionArmingShow: { method: 'POST', path: `${retentionPolicy}/arming`, role: 'viewer', risk: 'read' },
  retentionDryRunStart: { method: 'POST', path: `${retentionPolicy}/dry-runs`, role: 'operator', risk: 'reversible' },
  retentionDryRunShow: { method: 'GET', path: dryRun, role: 'viewer', risk: 'read' },
  retentionDryRunImageList: { method: 'GET', path: `${dryRun}/images`, role: 'viewer', risk: 'read' },
  /** Somebody has its finished verdicts before them. */
  retentionDryRunSee: { method: 'POST', path: `${dryRun}/seen`, role: 'viewer', risk: 'reversible' },
  retentionRunStart: { method: 'POST', path: `${retentionPolicy}/runs`, role: 'operator', risk: 'final' },
  retentionRunShow: { method: 'GET', path: retentionRun, role: 'viewer', risk: 'read' },
  retentionRunImageList: { method: 'GET', path: `${retentionRun}/images`, role: 'viewer', risk: 'read' },
  /** A second admin agrees to a run above the ceiling. */
  retentionRunConfirm: { method: 'POST', path: `${retentionRun}/confirm`, role: 'admin', risk: 'final' },
  /** Until SWR is told to begin; then nobody can stop it. */
  retentionRunCancel: { method: 'POST', path: `${retentionRun}/cancel`, role: 'operator', risk: 'reversible' },
  retentionRestoreStart: { method: 'POST', path: `${retentionRun}/restore`, role: 'operator', risk: 'final' },
  retentionHistoryList: { method: 'GET', path: `${retentionPolicy}/executions`, role: 'viewer', risk: 'read' },
  retentionExecutionShow: { method: 'GET', path: retentionExecution, role: 'viewer', risk: 'read' },
  retentionExecutionImageList: {
    method: 'GET',
    path: `${retentionExecution}/tasks/{task_id}/images`,
    role: 'viewer',
    risk: 'read',
  },
  retentionSettingsShow: { method: 'GET', path: `${place}/retention-settings`, role: 'viewer', risk: 'read' },
  /** Of the Basic Edition under the instance `-`, which has no archive. */
  retentionSettingsUpdate: {
    method: 'PUT',
    path: `${place}/retention-settings`,
    role: 'admin',
    risk: 'reversible',
    ifMatch: true,
  },
  /** A second admin agrees to a higher ceiling. */
  retentionCeilingConfirm: {
    method: 'POST',
    path: `${place}/retention-settings/ceiling/confirm`,
    role: 'admin',
    risk: 'reversible',
  },
  retentionCeilingWithdraw: {
    method: 'POST',
    path: `${place}/retention-settings/ceiling/withdraw`,
    role: 'admin',
    risk: 'reversible',
  },
  /** Where copies could be kept behind a registry. */
  archiveNamespaceList: {
    method: 'GET',
    path: `${place}/registries/{registry_id}/namespaces`,
    role: 'viewer',
    risk: 'read',
  },
  /** Copies of deleted images. */
  archiveCopyList: { method: 'GET', path: `${place}/archive`, role: 'viewer', risk: 'read' },
  archiveCopyDelete: { method: 'POST', path: `${place}/archive/delete`, role: 'admin', risk: 'final' },
  /** Images that run in clusters, by the name of the cluster. */
  inUseList: { method: 'GET', path: '/in-use', role: 'viewer', risk: 'read' },
  inUsePut: {
    method: 'PUT',
    path: '/in-use/{cluster}',
    role: 'operator',
    risk: 'reversible',
    maxBodyBytes: 33 * mebibyte,
  },
  inUseDelete: { method: 'DELETE', path: '/in-use/{cluster}', role: 'operator', risk: 'recreatable' },
  /** Retention of the Basic Edition; organization and repository stand in the query or body. */
  basicRetentionShow: { method: 'GET', path: basicRetention, role: 'viewer', risk: 'read' },
  basicRetentionDecide: { method: 'POST', path: `${basicRetention}/decisions`, role: 'viewer', risk: 'read' },
  basicRetentionSave: { method: 'PUT', path: basicRetention, role: 'admin', risk: 'final' },
  /** A second admin agrees to a rule that deletes more than one may: it is saved then. */
  basicRetentionConfirm: { method: 'POST', path: `${basicRetention}/confirm`, role: 'admin', risk: 'final' },
  basicRetentionWithdraw: { method: 'POST', path: `${basicRetention}/withdraw`, role: 'admin', risk: 'reversible' },
  basicRetentionRemove: { method: 'DELETE', path: basicRetention, role: 'admin', risk: 'recreatable' },
  basicRetentionLogShow: { method: 'GET', path: `${basicRetention}/log`, role: 'viewer', risk: 'read' },
  checkList: { method: 'GET', path: `${place}/checks`, role: 'viewer', risk: 'read' },
  /** Accepts a finding, with a reason, until somebody takes that back. */
  findingMute: { method: 'POST', path: `${place}/checks/mute`, role: 'admin', risk: 'reversible' },
  findingUnmute: { method: 'POST', path: `${place}/checks/unmute`, role: 'admin', risk: 'reversible' },
  // Lists of names can be longer than an address may be.
  syncReferenceRead: { method: 'POST', path: `${sync}/references`, role: 'viewer', risk: 'read' },
  syncTagSearch: { method: 'POST', path: `${sync}/tags`, role: 'viewer', risk: 'read' },
  /** What sending these tags to these targets would do. */
  syncPlanShow: { method: 'POST', path: `${sync}/plan`, role: 'viewer', risk: 'read', maxBodyBytes: 2 * mebibyte },
  // 10,000 rows, each with a long name and a digest.
  syncJobStart: {
    method: 'POST',
    path: `${sync}/jobs`,
    role: 'operator',
    risk: 'final',
    maxBodyBytes: 6 * mebibyte,
  },
  syncJobList: { method: 'GET', path: `${sync}/jobs`, role: 'viewer', risk: 'read' },
  syncJobShow: { method: 'GET', path: syncJob, role: 'viewer', risk: 'read' },
  /** Sends once more what did not arrive. */
  syncJobRetry: { method: 'POST', path: `${syncJob}/retry`, role: 'operator', risk: 'final' },
  syncJobPause: { method: 'POST', path: `${syncJob}/pause`, role: 'operator', risk: 'reversible' },
  syncJobResume: { method: 'POST', path: `${syncJob}/resume`, role: 'operator', risk: 'final' },
  syncJobCancel: { method: 'POST', path: `${syncJob}/cancel`, role: 'operator', risk: 'final' },
  /** What is known of one target before rules of automatic sync are made for it. */
  syncTargetShow: { method: 'GET', path: `${sync}/target`, role: 'viewer', risk: 'read' },
  /** Rules of automatic sync over all repositories of an organization. */
  autoSyncRuleList: { method: 'GET', path: `${sync}/auto`, role: 'viewer', risk: 'read' },
  checkDraft: { method: 'POST', path: `${place}/checks`, role: 'viewer', risk: 'read' },
} as const satisfies Record<string, ConsoleRoute>

export type ConsoleOperation = keyof typeof consoleRoutes
