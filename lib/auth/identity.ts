import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { auditStore } from '../audit/audit-store'
import type { Redact } from '../audit/store'
import type { Db } from '../db/schema'
import { config } from '../env/config'
import { globalSlot } from '../global-slot'
import { type Attempt, type Auth, type AuthSettings, createAuth } from './auth'

/** All that is needed to know who somebody is. */
export interface Identity {
  readonly db: Db
  readonly auth: Auth
  readonly settings: AuthSettings
  /** Belongs to `auth`: pages and handlers are bundled apart and would each have one of their own. */
  readonly attempts: AsyncLocalStorage<Attempt>
  readonly redact: Redact
}

export function createIdentity(db: Db, settings: AuthSettings, redact: Redact): Identity {
  const attempts = new AsyncLocalStorage<Attempt>()
  return { db, settings, attempts, redact, auth: createAuth(db, settings, attempts) }
}

export const identity = globalSlot('identity', () =>
  auditStore().then(({ db, redact }) => createIdentity(db, config(), redact)),
)
