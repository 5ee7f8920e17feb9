import 'server-only'
import type { Actor } from '../contract/actor'
import type { Replication } from '../contract/swr/replication'
import type { Retention } from '../contract/swr/retention'
import { freeName } from '../policy/replication/duplicate'
import type { InstanceLocation } from '../routes'
import { requestSwr } from '../swr/client'

/** The policy that an address asks to be duplicated. */
export const copyIn = ({ copy }: Readonly<Record<string, string | string[] | undefined>>): number | null =>
  typeof copy === 'string' && /^[1-9]\d{0,14}$/.test(copy) ? Number(copy) : null

/** What the form of a duplicate begins with: all that the policy says, under a name of its own and switched off. */
export async function replicationCopy(
  actor: Actor,
  { connection, instance }: InstanceLocation,
  id: number,
): Promise<{ revision: string; at: string; copyOf: string; policy: Replication } | null> {
  const params = { instance_id: instance }
  try {
    const policy = await requestSwr(actor, connection, 'replicationShow', {
      params: { ...params, policy_id: String(id) },
    })
    const name = policy.name ?? `policy-${id}`
    // A name that is free by this list only may be taken all the same: SWR says so then, at the field.
    const near = await requestSwr(actor, connection, 'replicationList', {
      params,
      query: { offset: 0, limit: 100, name: name.slice(0, 200) },
    }).catch(() => undefined)
    const taken = (near?.policies ?? []).flatMap((each) => each.name ?? [])
    const copy = { ...policy, name: freeName(name, taken), enabled: false }
    return { revision: `copy-${id}`, at: new Date().toISOString(), copyOf: name, policy: copy }
  } catch {
    return null
  }
}

/** The retention policy that an address asks to be duplicated: its number, and the namespace that it is of. */
export const retentionCopyIn = (search: Readonly<Record<string, string | string[] | undefined>>) => {
  const id = copyIn(search)
  const { from } = search
  return id !== null && typeof from === 'string' && from !== '' ? { id, namespace: from } : null
}

/** The same for a retention policy, which goes to another namespace and may keep its name there. */
export async function retentionCopy(
  actor: Actor,
  { connection, instance }: InstanceLocation,
  { id, namespace }: { id: number; namespace: string },
): Promise<{ revision: string; at: string; copyOf: string; policy: Retention } | null> {
  try {
    const policy = await requestSwr(actor, connection, 'retentionShow', {
      params: { instance_id: instance, namespace_name: namespace, policy_id: String(id) },
    })
    const copy = { ...policy, enabled: false }
    return { revision: `copy-${id}`, at: new Date().toISOString(), copyOf: policy.name ?? `#${id}`, policy: copy }
  } catch {
    return null
  }
}
