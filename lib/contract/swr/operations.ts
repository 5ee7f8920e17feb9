import { basicRoutes } from './basic-routes'
import { retentionRoutes } from './retention-routes'
import type { SwrRoute } from './route'

const instances = '/v2/{project_id}/instances'
const instance = `${instances}/{instance_id}` as const
const namespace = `${instance}/namespaces/{namespace_name}` as const
const repository = `${namespace}/repositories/{repository_name}` as const
const replication = `${instance}/replication/policies` as const
const executions = `${instance}/replication/executions` as const

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

  ...retentionRoutes,
  ...basicRoutes,
} as const satisfies Record<string, SwrRoute>

export type SwrOperation = keyof typeof swrRoutes

/** Both editions share a host but neither error shapes nor paging (docs/swr-api.md section 1, rule 1). */
export function editionOf(operation: Pick<SwrRoute, 'path'>): 'enterprise' | 'basic' {
  return operation.path.startsWith('/v2/manage/') ? 'basic' : 'enterprise'
}
