import 'server-only'
import { ProblemError } from '../contract/problem'
import { type Connection, config } from '../env/config'

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
  return found
}

export const connections = (): PublicConnection[] =>
  config().connections.map(({ id, name, region, project }) => ({ id, name, region, project }))

/** Keys of every connection: a registry of one may be logged in to with the key of another. */
export const allSecrets = (): string[] =>
  config().connections.flatMap(({ credential: { access, secret, securityToken } }) =>
    securityToken === undefined ? [access, secret] : [access, secret, securityToken],
  )
