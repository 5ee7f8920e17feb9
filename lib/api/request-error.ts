import 'server-only'
import { allSecrets } from '../env/secrets'
import { log } from '../net/log'
import { redactor } from '../net/redact'

/** The route, not the address: this may name anything. Errors of the database hold no values (db/query-error.ts). */
export function logRequestError(error: unknown, { routePath, routeType }: { routePath: string; routeType: string }) {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : undefined
  const bug = error instanceof Error ? redactor(allSecrets())(error.stack ?? error.name) : typeof error
  log.error({ route: routePath, kind: routeType, digest, bug }, 'request failed')
}
