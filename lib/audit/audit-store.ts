import 'server-only'
import { db } from '../db/open'
import type { Db } from '../db/schema'
import { allSecrets } from '../env/secrets'
import { globalSlot } from '../global-slot'
import { redactor } from '../net/redact'
import type { Redact } from './store'

/** Where audit entries and revisions go, and what masks credentials on the way. */
export interface AuditStore {
  readonly db: Db
  readonly redact: Redact
}

/** One for the process. Keys change while the console runs: what is masked is asked for each time. */
export const auditStore = globalSlot('audit-store', () =>
  db().then((opened): AuditStore => ({ db: opened, redact: (value) => redactor(allSecrets())(value) })),
)
