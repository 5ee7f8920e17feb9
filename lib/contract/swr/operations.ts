import type { Role } from '../roles'

/**
 * What an operation can cost: `read` changes nothing; `reversible` can be set back by the same call; `recreatable` can be
 * made again from what we know; `final` cannot be taken back (images are copied or deleted).
 */
export type Risk = 'read' | 'reversible' | 'recreatable' | 'final'

export interface SwrRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** SWR's own path. `{project_id}` belongs to the server and is written `-` in the browser. */
  readonly path: string
  /** Success code that SWR documents or is believed to answer (docs/swr-api.md section 13). Clients accept every 2xx. */
  readonly success: 200 | 201 | 202 | 204
  readonly role: Role
  readonly risk: Risk
  /** Bare array with its total in `Content-Range` (Basic Edition lists); read as `{items, total}`. */
  readonly paged?: 'content-range'
  /** Changes something that is there: the caller says by its hash what it saw (`If-Match`). */
  readonly ifMatch?: true
  /** Only the console itself asks for it, after checks of its own: no request from outside is passed on. */
  readonly withheld?: true
  /** Seconds to wait for the answer; default 30. */
  readonly timeout?: number
}

const instances = '/v2/{project_id}/instances'
const instance = `${instances}/{instance_id}` as const
const namespace = `${instance}/namespaces/{namespace_name}` as const
const repository = `${namespace}/repositories/{repository_name}` as const
const replication = `${instance}/replication/policies` as const
const executions = `${instance}/replication/executions` as const
const retentions = `${namespace}/retention/policies` as const
const retention = `${retentions}/{policy_id}` as const
const retentionExecutions = `${retention}/executions` as const
const immutableRules = `${namespace}/immutabletagrules` as const
const organizations = '/v2/manage/namespaces'
const organization = `${organizations}/{namespace}` as const
const basicRepository = `${organization}/repos/{repository}` as const
const basicRetentions = `${basicRepository}/retentions` as const
const basicProject = '/v2/manage/projects/{project_id}'

/**
 * The allow-list: every SWR operation that the console uses, without its schemas, so that the browser can know methods,
 * paths and roles without carrying a schema library. The files beside this one add query, body and response.
 */
export const swrRoutes = {
  // Navigation waits for these three: one silent connection must not hold a page for long.
  instanceList: { method: 'GET', path: instances, success: 200, role: 'viewer', risk: 'read', timeout: 10 },
  instanceShow: { method: 'GET', path: instance, success: 200, role: 'viewer', risk: 'read', timeout: 10 },
  instanceStatistics: {
    method: 'GET',
    path: `${instance}/statistics`,
    success: 200,
    role: 'viewer',
    risk: 'read',
    timeout: 10,
  },

  namespaceList: { method: 'GET', path: `${instance}/namespaces`, success: 200, role: 'viewer', risk: 'read' },
  repositoryList: { method: 'GET', path: `${instance}/repositories`, success: 200, role: 'viewer', risk: 'read' },
  namespaceRepositoryList: {
    method: 'GET',
    path: `${namespace}/repositories`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  // The whole instance, paged by marker: one call for a hundred images instead of one for each repository.
  artifactListAll: { method: 'GET', path: `${instance}/artifacts`, success: 200, role: 'viewer', risk: 'read' },
  artifactList: { method: 'GET', path: `${repository}/artifacts`, success: 200, role: 'viewer', risk: 'read' },
  // Copies in an archive, by press; the console looks first whether it is one.
  artifactDelete: {
    method: 'DELETE',
    path: `${repository}/artifacts/{reference}`,
    success: 204,
    role: 'admin',
    risk: 'final',
    withheld: true,
  },
  accessoryList: {
    method: 'GET',
    path: `${repository}/artifacts/{reference}/accessories`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  // The only enterprise path without a project id (docs/swr-api.md section 1, rule 4).
  tagList: {
    method: 'GET',
    path: '/v2/instances/{instance_id}/namespaces/{namespace_name}/repositories/{repository_name}/tags',
    success: 200,
    role: 'viewer',
    risk: 'read',
  },

  registryList: { method: 'GET', path: `${instance}/registries`, success: 200, role: 'viewer', risk: 'read' },
  registryShow: {
    method: 'GET',
    path: `${instance}/registries/{registry_id}`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  registryCreate: {
    method: 'POST',
    path: `${instance}/registries`,
    success: 201,
    role: 'admin',
    risk: 'reversible',
  },
  registryUpdate: {
    method: 'PUT',
    path: `${instance}/registries/{registry_id}`,
    success: 200,
    role: 'admin',
    risk: 'reversible',
    ifMatch: true,
  },
  registryDelete: {
    method: 'DELETE',
    path: `${instance}/registries/{registry_id}`,
    success: 204,
    role: 'admin',
    risk: 'recreatable',
    ifMatch: true,
  },

  replicationList: { method: 'GET', path: replication, success: 200, role: 'viewer', risk: 'read' },
  replicationCreate: { method: 'POST', path: replication, success: 201, role: 'admin', risk: 'reversible' },
  replicationShow: {
    method: 'GET',
    path: `${replication}/{policy_id}`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  replicationUpdate: {
    method: 'PUT',
    path: `${replication}/{policy_id}`,
    success: 200,
    role: 'admin',
    risk: 'reversible',
    ifMatch: true,
  },
  replicationDelete: {
    method: 'DELETE',
    path: `${replication}/{policy_id}`,
    success: 204,
    role: 'admin',
    risk: 'recreatable',
    ifMatch: true,
  },

  executionList: { method: 'GET', path: executions, success: 200, role: 'viewer', risk: 'read' },
  executionStart: { method: 'POST', path: executions, success: 202, role: 'operator', risk: 'final' },
  // Asks SWR to stop; the run says later that it has.
  executionStop: {
    method: 'PUT',
    path: `${executions}/{execution_id}`,
    success: 200,
    role: 'operator',
    risk: 'recreatable',
  },
  executionTaskList: {
    method: 'GET',
    path: `${executions}/{execution_id}/tasks`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  executionSubtaskList: {
    method: 'GET',
    path: `${executions}/{execution_id}/tasks/{task_id}/subtasks`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },

  retentionList: { method: 'GET', path: `${instance}/retention/policies`, success: 200, role: 'viewer', risk: 'read' },
  retentionShow: { method: 'GET', path: retention, success: 200, role: 'viewer', risk: 'read' },
  // Answers 201, not 200 (docs/swr-api.md section 1, rule 2).
  retentionUpdate: {
    method: 'PUT',
    path: retention,
    success: 201,
    role: 'admin',
    risk: 'reversible',
    ifMatch: true,
  },

  retentionCreate: { method: 'POST', path: retentions, success: 201, role: 'admin', risk: 'reversible' },
  retentionDelete: {
    method: 'DELETE',
    path: retention,
    success: 204,
    role: 'admin',
    risk: 'recreatable',
    ifMatch: true,
  },
  // There is no stop for it.
  retentionExecutionStart: {
    method: 'POST',
    path: retentionExecutions,
    success: 202,
    role: 'operator',
    risk: 'final',
    withheld: true,
  },
  retentionExecutionList: { method: 'GET', path: retentionExecutions, success: 200, role: 'viewer', risk: 'read' },
  retentionTaskList: {
    method: 'GET',
    path: `${retentionExecutions}/{execution_id}/tasks`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  retentionSubtaskList: {
    method: 'GET',
    path: `${retentionExecutions}/{execution_id}/tasks/{task_id}/subtasks`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  immutableRuleList: {
    method: 'GET',
    path: `${instance}/immutabletagrules`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  immutableRuleCreate: { method: 'POST', path: immutableRules, success: 201, role: 'admin', risk: 'reversible' },
  immutableRuleUpdate: {
    method: 'PUT',
    path: `${immutableRules}/{immutable_rule_id}`,
    success: 200,
    role: 'admin',
    risk: 'reversible',
  },
  immutableRuleDelete: {
    method: 'DELETE',
    path: `${immutableRules}/{immutable_rule_id}`,
    success: 204,
    role: 'admin',
    risk: 'recreatable',
  },
  instanceFeatureGateShow: {
    method: 'GET',
    path: `${instance}/feature-gates`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  // For listed tenants only (docs/swr-api.md section 18).
  garbageCollectionList: { method: 'GET', path: `${instance}/system/gc`, success: 200, role: 'viewer', risk: 'read' },

  organizationList: { method: 'GET', path: organizations, success: 200, role: 'viewer', risk: 'read' },
  // 404 = no such organization in this region, or none of this account: the way to know before a sync.
  organizationShow: { method: 'GET', path: organization, success: 200, role: 'viewer', risk: 'read' },
  organizationCreate: { method: 'POST', path: organizations, success: 201, role: 'admin', risk: 'recreatable' },
  basicQuotaList: { method: 'GET', path: `${basicProject}/quotas`, success: 200, role: 'viewer', risk: 'read' },
  basicFeatureGateShow: {
    method: 'GET',
    path: `${basicProject}/feature-gates`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
  agencyShow: { method: 'GET', path: '/v2/manage/agency', success: 200, role: 'viewer', risk: 'read' },
  basicRepositoryList: {
    method: 'GET',
    path: '/v2/manage/repos',
    success: 200,
    role: 'viewer',
    risk: 'read',
    paged: 'content-range',
  },
  basicTagList: {
    method: 'GET',
    path: `${basicRepository}/tags`,
    success: 200,
    role: 'viewer',
    risk: 'read',
    paged: 'content-range',
  },
  regionList: { method: 'GET', path: '/v2/manage/regions', success: 200, role: 'viewer', risk: 'read' },
  // Synchronous for the caller and slow for big images: docs/swr-api.md section 11 asks for at least 60 s.
  manualSync: {
    method: 'POST',
    path: `${basicRepository}/sync_images`,
    success: 200,
    role: 'operator',
    risk: 'final',
    timeout: 120,
  },
  autoSyncList: { method: 'GET', path: `${basicRepository}/sync_repo`, success: 200, role: 'viewer', risk: 'read' },
  autoSyncCreate: {
    method: 'POST',
    path: `${basicRepository}/sync_repo`,
    success: 200,
    role: 'admin',
    risk: 'reversible',
  },
  // Has no id: the body of the DELETE says which.
  autoSyncDelete: {
    method: 'DELETE',
    path: `${basicRepository}/sync_repo`,
    success: 200,
    role: 'admin',
    risk: 'recreatable',
  },
  autoSyncRunList: {
    method: 'GET',
    path: `${basicRepository}/sync_job`,
    success: 200,
    role: 'viewer',
    risk: 'read',
    paged: 'content-range',
  },
  basicRetentionList: { method: 'GET', path: basicRetentions, success: 200, role: 'viewer', risk: 'read' },
  // Deletes at once, and so does a change.
  basicRetentionCreate: {
    method: 'POST',
    path: basicRetentions,
    success: 201,
    role: 'admin',
    risk: 'final',
    withheld: true,
  },
  basicRetentionUpdate: {
    method: 'PATCH',
    path: `${basicRetentions}/{retention_id}`,
    success: 201,
    role: 'admin',
    risk: 'final',
    withheld: true,
  },
  basicRetentionDelete: {
    method: 'DELETE',
    path: `${basicRetentions}/{retention_id}`,
    success: 200,
    role: 'admin',
    risk: 'recreatable',
    withheld: true,
  },
  basicRetentionLogList: {
    method: 'GET',
    path: `${basicRetentions}/histories`,
    success: 200,
    role: 'viewer',
    risk: 'read',
  },
} as const satisfies Record<string, SwrRoute>

export type SwrOperation = keyof typeof swrRoutes

/** Both editions share a host but neither error shapes nor paging (docs/swr-api.md section 1, rule 1). */
export function editionOf(operation: Pick<SwrRoute, 'path'>): 'enterprise' | 'basic' {
  return operation.path.startsWith('/v2/manage/') ? 'basic' : 'enterprise'
}
