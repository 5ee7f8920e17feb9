import type { ConsoleRoute } from '../console/operations'

/** An operation of the public API, behind `/api/v1`. */
export interface PublicRoute extends ConsoleRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly success: 200 | 201 | 202
  /** Types of a body that is taken as it is, not as JSON of the contract: `{text}`. */
  readonly text?: readonly string[]
  /** One line for the API's document. */
  readonly summary: string
}

const connection = '/connections/{connection}'
const instance = `${connection}/instances/{instance_id}` as const
const jobs = `${connection}/sync-jobs` as const
const job = `${jobs}/{sync_job_id}` as const
const retention = `${instance}/retention` as const
const retentionPolicy = `${retention}/{namespace_name}/{policy_id}` as const

/**
 * What programs may ask for by a token. Names, paths and codes are stable: more may be added, nothing is taken away. As
 * everywhere, there is no open default.
 */
export const publicRoutes = {
  apiShow: {
    method: 'GET',
    path: '/',
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'Version of the API and where its document is',
  },
  openapiShow: {
    method: 'GET',
    path: '/openapi.json',
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'This document',
  },
  connectionList: {
    method: 'GET',
    path: '/connections',
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'Connections and whether SWR can be reached by them',
  },
  policyList: {
    method: 'GET',
    path: `${instance}/policies`,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'Replication policies with their last result and next run',
  },
  runStart: {
    method: 'POST',
    path: `${instance}/policies/{policy_id}/runs`,
    role: 'operator',
    risk: 'final',
    success: 202,
    summary: 'Start a replication run: of the whole policy, or of a part where something is named',
  },
  runShow: {
    method: 'GET',
    path: `${instance}/runs/{run_id}`,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'A replication run; with `wait` once it has ended or changed',
  },
  syncPlanShow: {
    method: 'POST',
    path: `${connection}/sync-plans`,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'What a sync job would do; nothing is sent',
  },
  syncJobStart: {
    method: 'POST',
    path: jobs,
    role: 'operator',
    risk: 'final',
    success: 201,
    summary: 'Start a sync job',
  },
  syncJobList: {
    method: 'GET',
    path: jobs,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'Sync jobs, newest first',
  },
  syncJobShow: {
    method: 'GET',
    path: job,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'A sync job; with `wait` once it has ended or changed',
  },
  syncJobRetry: {
    method: 'POST',
    path: `${job}/retry`,
    role: 'operator',
    risk: 'final',
    success: 202,
    summary: 'Send cells again that did not arrive',
  },
  syncJobPause: {
    method: 'POST',
    path: `${job}/pause`,
    role: 'operator',
    risk: 'reversible',
    success: 202,
    summary: 'Send nothing further for now',
  },
  syncJobResume: {
    method: 'POST',
    path: `${job}/resume`,
    role: 'operator',
    risk: 'final',
    success: 202,
    summary: 'Go on with a paused job',
  },
  syncJobCancel: {
    method: 'POST',
    path: `${job}/cancel`,
    role: 'operator',
    risk: 'final',
    success: 202,
    summary: 'Send nothing further; what is under way is still verified',
  },
  retentionDecide: {
    method: 'POST',
    path: `${retention}/decisions`,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'What retention rules would do with each image of a namespace; nothing is saved',
  },
  retentionShow: {
    method: 'GET',
    path: retentionPolicy,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'A retention policy, and whether a real run of it is open',
  },
  retentionDryRunStart: {
    method: 'POST',
    path: `${retentionPolicy}/dry-runs`,
    role: 'operator',
    risk: 'reversible',
    success: 202,
    summary: 'Start a dry run; nothing is deleted',
  },
  retentionDryRunShow: {
    method: 'GET',
    path: `${retentionPolicy}/dry-runs/{dry_run_id}`,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'A dry run; with `wait` once it has ended or changed',
  },
  retentionRunStart: {
    method: 'POST',
    path: `${retentionPolicy}/runs`,
    role: 'operator',
    risk: 'final',
    success: 202,
    summary: 'Delete what the dry run has shown',
  },
  retentionRunShow: {
    method: 'GET',
    path: `${retentionPolicy}/runs/{retention_run_id}`,
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'A real run of retention; with `wait` once it has ended or changed',
  },
  inUseList: {
    method: 'GET',
    path: '/in-use',
    role: 'viewer',
    risk: 'read',
    success: 200,
    summary: 'Clusters whose images are protected from retention',
  },
  inUsePut: {
    method: 'PUT',
    path: '/in-use/{cluster}',
    role: 'operator',
    risk: 'reversible',
    success: 200,
    maxBodyBytes: 32 * 1024 * 1024,
    text: ['application/json', 'text/plain'],
    summary: 'Protect what runs in a cluster: `kubectl get pods -A -o json`, or one image reference a line',
  },
  inUseDelete: {
    method: 'DELETE',
    path: '/in-use/{cluster}',
    role: 'operator',
    risk: 'recreatable',
    success: 200,
    summary: 'Forget what runs in a cluster',
  },
} as const satisfies Record<string, PublicRoute>

export type PublicOperation = keyof typeof publicRoutes
