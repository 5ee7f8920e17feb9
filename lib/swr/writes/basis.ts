import 'server-only'
import { paramSchemas } from '../../contract/params'
import { problemOf } from '../../contract/problem'
import { replicationOperations } from '../../contract/swr/replication'
import { latestRevision } from '../../db/revisions'
import { toRequest } from '../../policy/replication/request'
import { fetchCurrent } from '../current'
import { resourceRefOf, type WriteRequest } from './context'

/**
 * What the policy says that a new one repeats, in the shape of a request: as it is, or as it was when it was deleted.
 * Undefined when the console knows of none, and then the rules hold for all of it.
 */
export async function basisOf(writing: WriteRequest, id: string): Promise<object | undefined> {
  const policy_id = paramSchemas.policy_id.safeParse(id).data
  if (policy_id === undefined) return undefined
  const { db, target, input } = writing
  try {
    return (await fetchCurrent(target, 'replication', { ...input.params, policy_id })).request
  } catch (error) {
    if (problemOf(error).code !== 'swr_not_found') throw error
    const last = await latestRevision(db, resourceRefOf(writing, 'replication', policy_id))
    const read = replicationOperations.replicationShow.response.safeParse(last?.content).data
    return read && toRequest(read)
  }
}
