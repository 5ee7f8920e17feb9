import 'server-only'
import { paramSchemas } from '../../contract/params'
import { problemOf } from '../../contract/problem'
import { replicationOperations } from '../../contract/swr/replication'
import { retentionOperations } from '../../contract/swr/retention'
import type { PolicyKind } from '../../contract/vocabulary'
import { latestRevision } from '../../db/revisions'
import { toRequest as replicationRequest } from '../../policy/replication/request'
import { toRequest as retentionRequest } from '../../policy/retention/request'
import { fetchCurrent } from '../current'
import { resourceRefOf, type WriteRequest } from './context'

/**
 * What the policy says that is repeated, in the shape of a request: as it is, or as it was when it was deleted.
 * Undefined when the console knows of none, and then the rules hold for all of it.
 */
export async function basisOf(writing: WriteRequest, kind: PolicyKind, id: string): Promise<object | undefined> {
  const policy_id = paramSchemas.policy_id.safeParse(id).data
  if (policy_id === undefined) return undefined
  const { db, target, input } = writing
  try {
    return (await fetchCurrent(target, kind, { ...input.params, policy_id })).request
  } catch (error) {
    if (problemOf(error).code !== 'swr_not_found') throw error
    const last = await latestRevision(db, resourceRefOf(writing, kind, policy_id))
    return asRequest(kind, last?.content)
  }
}

/** A version as it is kept. */
function asRequest(kind: PolicyKind, content: unknown): object | undefined {
  if (kind === 'replication') {
    const read = replicationOperations.replicationShow.response.safeParse(content).data
    return read && replicationRequest(read)
  }
  const read = retentionOperations.retentionShow.response.safeParse(content).data
  return read && retentionRequest(read)
}
