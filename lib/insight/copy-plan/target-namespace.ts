import 'server-only'
import type { Actor } from '../../contract/actor'
import type { ConsoleOutput } from '../../contract/console/schemas'
import { maxPageSize } from '../../contract/vocabulary'
import { requestSwr } from '../../swr/client'
import type { ConsoleRequest } from '../handler'
import { remoteEndpointOf } from './remote-endpoint'
import { instanceSide, type Side } from './sides'

type State = ConsoleOutput<'targetNamespaceShow'>['state']

/** Whether a namespace exists at a side; `unseen` where its list is too long to tell. */
export async function stateAt(actor: Actor, side: Side, name: string): Promise<State> {
  if (side.kind === 'basic') {
    const { namespaces } = await requestSwr(actor, side.connection, 'organizationList', { params: {} })
    return namespaces.some((each) => each.name === name) ? 'exists' : 'missing'
  }
  const query = { offset: 0, limit: maxPageSize, name }
  const found = await requestSwr(actor, side.connection, 'namespaceList', {
    params: { instance_id: side.instance },
    query,
  })
  if (found.namespaces.some((each) => each.name === name)) return 'exists'
  // SWR's search finds more than the one name: it may stand on a page that was not read.
  return found.total !== undefined && found.total <= maxPageSize ? 'missing' : 'unseen'
}

/**
 * Whether a namespace exists where a policy copies to: behind a registry, or in this instance, which has the number 0. `unseen`:
 * no connection of the console covers the target.
 */
export async function targetNamespaceShow({ actor, params }: ConsoleRequest<'targetNamespaceShow'>) {
  const place = { connection: params.connection, instance: params.instance_id }
  const registry = Number(params.registry_id)
  const side = registry === 0 ? instanceSide(place) : await remoteEndpointOf(actor, place, registry)
  return { state: side ? await stateAt(actor, side, params.namespace_name) : ('unseen' as const) }
}
