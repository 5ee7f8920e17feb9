import 'server-only'
import { z } from 'zod'
import type { AuditEvent } from '../audit/store'
import type { AuditKind } from '../contract/audit-kinds'
import { paramSchemas } from '../contract/params'
import type { OperationInput } from '../contract/parse-input'
import type { ParamName } from '../contract/path'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { WriteOf } from '../contract/swr/route'
import { config } from '../env/config'

type SwrWrite = WriteOf<typeof swrRoutes>

/** The type names every write: forgetting one does not compile. */
const kinds: Readonly<Record<SwrWrite, AuditKind>> = {
  replicationCreate: 'replication',
  replicationUpdate: 'replication',
  replicationDelete: 'replication',
  executionStart: 'replication',
  // Names the run alone.
  executionStop: 'execution',
  retentionCreate: 'retention',
  retentionUpdate: 'retention',
  retentionDelete: 'retention',
  retentionExecutionStart: 'retention',
  immutableRuleCreate: 'immutable_rule',
  immutableRuleUpdate: 'immutable_rule',
  immutableRuleDelete: 'immutable_rule',
  basicRetentionCreate: 'basic_retention',
  basicRetentionUpdate: 'basic_retention',
  basicRetentionDelete: 'basic_retention',
  artifactDelete: 'artifact',
  registryCreate: 'registry',
  registryUpdate: 'registry',
  registryDelete: 'registry',
  manualSync: 'repository',
  autoSyncCreate: 'repository',
  autoSyncDelete: 'repository',
  organizationCreate: 'organization',
}

const isWrite = (name: SwrOperation): name is SwrWrite => swrRoutes[name].risk !== 'read'

function kindOf(name: SwrOperation): AuditKind {
  if (!isWrite(name)) throw new TypeError(`${name} changes nothing`)
  return kinds[name]
}

/** Where the path of a write says which object it is about; a repository and an organization are named by their place. */
const ids: Partial<Readonly<Record<AuditKind, ParamName>>> = {
  replication: 'policy_id',
  execution: 'execution_id',
  retention: 'policy_id',
  immutable_rule: 'immutable_rule_id',
  basic_retention: 'retention_id',
  artifact: 'reference',
  registry: 'registry_id',
}
const places: Partial<Readonly<Record<AuditKind, readonly ParamName[]>>> = {
  immutable_rule: ['namespace_name'],
  basic_retention: ['namespace', 'repository'],
  artifact: ['namespace_name', 'repository_name'],
  repository: ['namespace', 'repository'],
}

/** SWR may hold names that the console would not give. */
const named = z.object({ name: z.string().min(1).max(1000) })
const founded = z.object({ namespace: z.string().min(1).max(1000) })
const running = z.object({ policy_id: z.number().int().min(1) })

/** What an entry of the audit log says before anything of the request is believed: only what could be true. */
export function startedEvent(
  actor: AuditEvent['actor'],
  connection: string,
  name: SwrOperation,
  { params, body, reason }: OperationInput,
): AuditEvent {
  const kind = kindOf(name)
  const param = (key: ParamName) => paramSchemas[key].safeParse(params[key]).data
  const parts = (places[kind] ?? []).map(param).filter((part) => part !== undefined)
  const organization = kind === 'organization' ? founded.safeParse(body).data?.namespace : undefined
  const place = organization ?? (parts.join('/') || undefined)
  const key = ids[kind]
  const run = name === 'executionStart' ? running.safeParse(body).data?.policy_id.toString() : undefined
  return {
    actor,
    operation: name,
    connection: config().connections.find(({ id }) => id === connection)?.id,
    instance: param('instance_id'),
    kind,
    objectId: key === undefined ? place : (param(key) ?? run),
    objectName: named.safeParse(body).data?.name ?? place,
    reason,
  }
}
