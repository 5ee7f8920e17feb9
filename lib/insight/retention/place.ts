import 'server-only'
import type { Actor } from '../../contract/actor'
import type { Retention } from '../../contract/swr/retention'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'

/** A retention policy of a namespace. */
export interface RetentionPlace extends InstanceLocation {
  readonly namespace: string
  readonly policy: number
}

export type NamespacePlace = Pick<RetentionPlace, 'connection' | 'instance' | 'namespace'>

interface Params {
  readonly connection: string
  readonly instance_id: string
  readonly namespace_name: string
  readonly policy_id: string
}

export const placeOf = ({ connection, instance_id, namespace_name, policy_id }: Params): RetentionPlace => ({
  connection,
  instance: instance_id,
  namespace: namespace_name,
  policy: Number(policy_id),
})

export const paramsOf = ({ instance, namespace, policy }: RetentionPlace) => ({
  instance_id: instance,
  namespace_name: namespace,
  policy_id: String(policy),
})

export const readPolicy = (actor: Actor, place: RetentionPlace): Promise<Retention> =>
  requestSwr(actor, place.connection, 'retentionShow', { params: paramsOf(place) })
