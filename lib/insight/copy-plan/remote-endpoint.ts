import 'server-only'
import type { Actor } from '../../contract/actor'
import { config } from '../../env/config'
import type { Connection } from '../../env/connections'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { connection as connectionOf } from '../../swr/connection'
import { fetchCurrent } from '../../swr/current'

/** The other side of a policy, as far as one of the console's own connections can list it (docs/swr-api.md section 14). */
export type RemoteEndpoint =
  | ({ readonly kind: 'instance' } & InstanceLocation)
  | { readonly kind: 'basic'; readonly connection: string }
  | null

/** Logins to the Basic Edition are `{region}@{access key}`. */
const keyOf = (login: unknown) => (typeof login === 'string' ? login.slice(login.lastIndexOf('@') + 1) : '')

/** The key that a registry is logged in to with. It never leaves this file: `call` has removed it from what it answers. */
async function loginKey({ connection, instance }: InstanceLocation, registry: number): Promise<string> {
  const params = { instance_id: instance, registry_id: String(registry) }
  const { raw } = await fetchCurrent(connectionOf(connection), 'registry', params)
  const { credential } = raw
  return typeof credential === 'object' && credential !== null && 'access_key' in credential
    ? keyOf(credential.access_key)
    : ''
}

const inRegion = (region: string | undefined) => (each: Connection) => !region || each.region === region

/** Which of our connections lists what is behind a registry; null: it cannot be seen from here. */
export async function remoteEndpointOf(
  actor: Actor,
  place: InstanceLocation,
  registry: number,
): Promise<RemoteEndpoint> {
  const params = { instance_id: place.instance, registry_id: String(registry) }
  const { type, project_id, instance_id, region_id } = await requestSwr(actor, place.connection, 'registryShow', {
    params,
  })
  const { connections } = config()
  if (type === 'swr-pro-internal') {
    const found = connections.filter(inRegion(region_id)).find(({ project }) => project === project_id)
    return found && instance_id ? { kind: 'instance', connection: found.id, instance: instance_id } : null
  }
  if (type !== 'huawei-SWR' || !region_id) return null
  // The region alone does not say whose images they are: the same key is the same account.
  const near = connections.filter(inRegion(region_id))
  if (near.length === 0) return null
  const key = await loginKey(place, registry)
  const found = near.find(({ credential }) => credential.access === key)
  return found ? { kind: 'basic', connection: found.id } : null
}
