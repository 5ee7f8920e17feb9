import { usualRetentionMood } from '../retention/run'
import type { Instance } from '../world'

/** What an instance says of itself. */
export function instanceInfo(id: string, name: string, project: string, host: string, created: string) {
  return {
    id,
    name,
    description: '',
    vpc_id: '1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f',
    subnet_id: '2d3e4f5a-6b7c-4d8e-9f0a-1b2c3d4e5f6a',
    spec: 'swr.ee.professional',
    version: '1.0',
    charge_mode: 'postPaid',
    access_address: host,
    created_at: created,
    updated_at: created,
    expires_at: '',
    status: 'Running',
    obs_bucket_name: `swr-${name}`,
    project_id: project,
    enterprise_project_id: '0',
    user_def_obs: false,
  }
}

/** An instance with nothing in it, whose schedules are kept from then on. */
export const emptyInstance = (id: string, project: string, info: Instance['info'], from: Date): Instance => ({
  id,
  project,
  info,
  namespaces: [],
  registries: [],
  policies: [],
  retentions: [],
  immutableRules: [],
  executions: [],
  runs: [],
  retentionExecutions: [],
  retentionRuns: [],
  retentionMood: usualRetentionMood,
  tasks: {},
  subtasks: {},
  taskNames: 'counted',
  past: { upTo: 0, policies: [] },
  retentionTasks: {},
  retentionSubtasks: {},
  gates: {
    enableDomainName: true,
    enableCombinationRetention: false,
    enableArtifactScanning: true,
    enableArtifactGc: false,
  },
  garbageCollections: [],
  unfreedBytes: 0,
  statistics: {},
  keptTo: from.getTime(),
  deadSchedules: [],
  basicPull: 'everything',
  issued: {
    policy: 0,
    registry: 0,
    execution: 0,
    retention: 0,
    retentionExecution: 0,
    immutableRule: 0,
    // Above whatever a seed gives.
    content: 10_000_000,
  },
})
