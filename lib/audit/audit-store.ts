import 'server-only'
import { db } from '../db/open'
import type { Db } from '../db/schema'
import { allSecrets } from '../env/secrets'
import { redactor } from '../net/redact'
import type { Redact } from './store'

/** Where audit entries and revisions go, and what masks credentials on the way. */
export interface AuditStore {
  readonly db: Db
  readonly redact: Redact
}

const slot = Symbol.for('console.audit-store')
const shared = globalThis as typeof globalThis & { [slot]?: Promise<AuditStore> }

/** One for the process: pages and handlers are bundled apart and share only `globalThis`. */
export function auditStore(): Promise<AuditStore> {
  shared[slot] ??= db().then((opened) => ({ db: opened, redact: redactor(allSecrets()) }))
  return shared[slot]
}
