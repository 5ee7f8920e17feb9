import 'server-only'
import { ProblemError } from '../contract/problem'
import { config } from '../env/config'
import type { Connection } from '../env/connections'
import { currentCredential } from '../env/secret-files'

/** What a screen may know of a connection. */
export interface PublicConnection {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly project: string
}

export function connection(id: string): Connection {
  const found = config().connections.find((each) => each.id === id)
  if (!found) throw new ProblemError({ status: 404, code: 'unknown_connection' })
  return { ...found, credential: currentCredential(found) }
}

export const connections = (): PublicConnection[] =>
  config().connections.map(({ id, name, region, project }) => ({ id, name, region, project }))
