import type { APIRequestContext } from '@playwright/test'
import { address } from './accounts'
import type { Place } from './fixtures'

/*
 * Requests that the policy pages send, sent by a test: as somebody else, or with what no page would send.
 */

/** Where the console answers for the replication policies of an instance, or for one of them. */
export const policiesPath = ({ connection, instance }: Pick<Place, 'connection' | 'instance'>, id?: number) =>
  `/api/swr/${connection}/v2/-/instances/${instance}/replication/policies${id === undefined ? '' : `/${id}`}`

/** The hash of what is shown now, as a write has to send it along. */
export async function currentHash(client: APIRequestContext, path: string): Promise<string> {
  const { content_hash } = await (await client.get(path)).json()
  return `"${content_hash}"`
}

/** Saves a policy the way its page does. */
export async function putPolicy(client: APIRequestContext, own: Place, id: number, data: object, reason?: string) {
  const path = policiesPath(own, id)
  const headers = { origin: address.console, 'if-match': await currentHash(client, path) }
  return client.put(path, {
    data,
    headers: { ...headers, ...(reason && { 'x-console-reason': encodeURIComponent(reason) }) },
  })
}

/** Deletes a policy the way its page does. */
export async function deletePolicy(client: APIRequestContext, own: Place, id: number) {
  const path = policiesPath(own, id)
  return client.delete(path, { headers: { origin: address.console, 'if-match': await currentHash(client, path) } })
}
