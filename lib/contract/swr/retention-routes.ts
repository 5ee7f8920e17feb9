import type { SwrRoute } from './route'

const instance = '/v2/{project_id}/instances/{instance_id}'
const namespace = `${instance}/namespaces/{namespace_name}` as const
const retentions = `${namespace}/retention/policies` as const
const retention = `${retentions}/{policy_id}` as const
const retentionExecutions = `${retention}/executions` as const
const immutableRules = `${namespace}/immutabletagrules` as const

/** Retention policies of the Enterprise Edition, their runs, and what else says which images stay. */
export const retentionRoutes = {
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
    ifMatch: true,
  },
  immutableRuleDelete: {
    method: 'DELETE',
    path: `${immutableRules}/{immutable_rule_id}`,
    success: 204,
    role: 'admin',
    risk: 'recreatable',
    ifMatch: true,
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
} as const satisfies Record<string, SwrRoute>
