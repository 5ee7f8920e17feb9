import 'server-only'
import { config } from './config'

/** Keys of every connection: a registry of one may be logged in to with the key of another. */
export const allSecrets = (): string[] =>
  config().connections.flatMap(({ credential: { access, secret, securityToken } }) =>
    securityToken === undefined ? [access, secret] : [access, secret, securityToken],
  )
