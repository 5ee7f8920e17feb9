import 'server-only'
import type { Actor } from '../../contract/actor'
import type { OwnOut } from '../../contract/console/schemas'
import { largestPage } from '../../contract/paging'
import { call } from '../../swr/client'
import type { AskedOwn } from '../handler'
import { targetOf } from './remote-endpoint'
import { instanceSide, type Side } from './sides'

type State = OwnOut<'targetNamespaceShow'>['state']

async function stateAt(actor: Actor, side: Side, name: string): Promise<State> {
  if (side.kind === 'basic') {
    const { namespaces } = await call(actor, side.connection, 'organizationList', { params: {} })
    return namespaces.some((each) => each.name === name) ? 'exists' : 'missing'
  }
  const query = { offset: 0, limit: largestPage, name }
  const found = await call(actor, side.connection, 'namespaceList', { params: { instance_id: side.instance }, query })
  if (found.namespaces.some((each) => each.name === name)) return 'exists'
  // SWR's search finds more than the one name: it may stand on a page that was not read.
  return found.total !== undefined && found.total <= largestPage ? 'missing' : 'unseen'
}

/**
 * Whether a namespace exists where a policy copies to: behind a registry, or in this instance, which has the number 0. `unseen`:
 * no connection of the console covers the target.
 */
export async function targetNamespaceShow({ actor, params }: AskedOwn<'targetNamespaceShow'>) {
  const place = { connection: params.connection, instance: params.instance_id }
  const registry = Number(params.registry_id)
  const side = registry === 0 ? instanceSide(place) : await targetOf(actor, place, registry)
  return { state: side ? await stateAt(actor, side, params.namespace_name) : ('unseen' as const) }
}
