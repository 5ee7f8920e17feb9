import type { SwrRoute } from './route'

const organizations = '/v2/manage/namespaces'
const organization = `${organizations}/{namespace}` as const
const basicRepository = `${organization}/repos/{repository}` as const
const basicRetentions = `${basicRepository}/retentions` as const
const basicProject = '/v2/manage/projects/{project_id}'

/** The Basic Edition. */
export const basicRoutes = {
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
