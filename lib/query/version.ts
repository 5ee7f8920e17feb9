import 'server-only'
import { callConsole } from '../api/console'
import type { Actor } from '../contract/actor'
import type { Revision } from '../contract/console/schemas'
import type { Replication } from '../contract/swr/replication'
import type { Retention } from '../contract/swr/retention'
import { swrSchemas } from '../contract/swr/schemas'
import type { PolicyKind } from '../contract/vocabulary'
import { namespaceOfRevision } from '../policy/retention/place'
import type { InstanceLocation, ObjectLocation } from '../routes'

/** A version of a policy as the contract reads it, for its form to be filled with. */
export interface Version<Policy> {
  readonly revision: number
  readonly at: string
  readonly policy: Policy
}

const page = 100
/** The form opens all the same and says that there is no such version. */
const notThere = () => undefined

/** Versions are addressed by their object: a number alone would lead to any other's. */
async function find(actor: Actor, { connection, instance, kind, objectId }: ObjectLocation, id: number) {
  const params = { connection, instance_id: instance, kind, object_id: objectId }
  for (let offset = 0; ; offset += page) {
    const { revisions, total } = await callConsole(actor, 'revisionList', { params, query: { offset, limit: page } })
    const found = revisions.find((revision) => revision.id === id)
    if (found || offset + page >= total) return found
  }
}

const versionOf = <Policy>(
  found: Revision | undefined,
  read: { safeParse: (content: unknown) => { data?: Policy } },
): Version<Policy> | null => {
  const policy = found && read.safeParse(found.content).data
  return found && policy ? { revision: found.id, at: found.at, policy } : null
}

export const replicationVersion = async (
  actor: Actor,
  at: Omit<ObjectLocation, 'kind'>,
  id: number,
): Promise<Version<Replication> | null> =>
  versionOf(await find(actor, { ...at, kind: 'replication' }, id).catch(notThere), swrSchemas.replicationShow.response)

export const retentionVersion = async (
  actor: Actor,
  at: Omit<ObjectLocation, 'kind'>,
  id: number,
): Promise<Version<Retention> | null> =>
  versionOf(await find(actor, { ...at, kind: 'retention' }, id).catch(notThere), swrSchemas.retentionShow.response)

/** The deleted policy that an address asks to be made again, by its id. */
export const recreateIn = ({ recreate }: Readonly<Record<string, string | string[] | undefined>>): string | null =>
  typeof recreate === 'string' ? recreate : null

const lastOfDeleted = async (
  actor: Actor,
  { connection, instance }: InstanceLocation,
  kind: PolicyKind,
  objectId: string,
): Promise<Revision | undefined> => {
  const params = { connection, instance_id: instance, kind }
  const gone = await callConsole(actor, 'deletedList', { params }).catch(notThere)
  return gone?.revisions.find((revision) => revision.objectId === objectId)
}

/** The last version of a policy that is gone. */
export const deletedReplication = async (
  actor: Actor,
  at: InstanceLocation,
  objectId: string,
): Promise<Version<Replication> | null> =>
  versionOf(await lastOfDeleted(actor, at, 'replication', objectId), swrSchemas.replicationShow.response)

/** The same with the namespace that it was of, where that is known. */
export async function deletedRetention(
  actor: Actor,
  at: InstanceLocation,
  objectId: string,
): Promise<{ version: Version<Retention> | null; namespace: string | undefined }> {
  const last = await lastOfDeleted(actor, at, 'retention', objectId)
  return {
    version: versionOf(last, swrSchemas.retentionShow.response),
    namespace: namespaceOfRevision(last?.content),
  }
}
