import 'server-only'
import { z } from 'zod'
import type { AuditEvent } from '../audit/store'
import { paramSchemas } from '../contract/params'
import type { OperationInput } from '../contract/parse-input'
import type { ParamName } from '../contract/path'
import type { SwrOperation } from '../contract/swr/operations'
import { config } from '../env/config'

function kindOf(name: SwrOperation) {
  if (name === 'manualSync' || name.startsWith('autoSync')) return 'repository'
  if (name === 'organizationCreate') return 'organization'
  if (name.startsWith('retention')) return 'retention'
  // A stop names the run alone.
  if (name === 'executionStop') return 'execution'
  return name.startsWith('registry') ? 'registry' : 'replication'
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
  const param = (key: ParamName) => paramSchemas[key].safeParse(params[key]).data
  const repository = [param('namespace'), param('repository')].filter((part) => part !== undefined).join('/')
  const organization = name === 'organizationCreate' ? founded.safeParse(body).data?.namespace : undefined
  const place = organization ?? (repository || undefined)
  const run = name === 'executionStart' ? running.safeParse(body).data?.policy_id.toString() : undefined
  return {
    actor,
    operation: name,
    connection: config().connections.find(({ id }) => id === connection)?.id,
    instance: param('instance_id'),
    kind: kindOf(name),
    objectId: param('policy_id') ?? param('registry_id') ?? param('execution_id') ?? run ?? place,
    objectName: named.safeParse(body).data?.name ?? place,
    reason,
  }
}
