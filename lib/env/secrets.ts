import 'server-only'
import { config } from './config'
import { currentCredential, secretsSeen } from './secret-files'

/** Keys of every connection, those that were replaced included: a registry of one may be logged in to with another's. */
export function allSecrets(): readonly string[] {
  config().connections.forEach(currentCredential)
  return secretsSeen()
}
