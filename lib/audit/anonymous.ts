import 'server-only'
import { getIP } from 'better-auth/api'
import { countAttemptIn } from '../db/rate-limit-counter'
import type { AuditStore } from './audit-store'
import { type AuditEvent, addFinishedEntry } from './store'
import { logAuditFailure, outcomeOfError } from './with-audit'

/** Who asked, when nobody is known. */
export const anonymous = { id: null, email: '', role: null } as const

const windowSeconds = 60
/** Entries in that time, from one address and from all together. */
export const maxEntriesPerMinute = { address: 20, all: 200 } as const

/**
 * Enters what was refused to somebody whom nobody knows. A stranger must not be able to fill the log: after so many entries
 * one says that more were left out. `always` is for what is limited otherwise; it is counted all the same, so that the
 * answer takes as long, but apart: it must not use up the place of that one.
 */
export async function auditAnonymous(
  { auth, db, redact }: AuditStore & { readonly auth: { readonly options: Parameters<typeof getIP>[1] } },
  headers: Headers,
  opening: AuditEvent,
  error: unknown,
  { always = false, at = new Date() } = {},
): Promise<void> {
  const address = getIP(headers, auth.options)
  const refused = outcomeOfError(error)
  const counted = always ? 'always' : 'entries'
  const enter = async () => {
    const here =
      (await countAttemptIn(db, `${counted}\0${address}`, windowSeconds, at)).count - maxEntriesPerMinute.address
    const everywhere =
      here > 1 ? 0 : (await countAttemptIn(db, counted, windowSeconds, at)).count - maxEntriesPerMinute.all
    if (always || (here <= 0 && everywhere <= 0))
      return await addFinishedEntry(db, redact, { ...opening, ...refused }, at)
    if (here > 1 || everywhere > 1) return
    const whose = everywhere > 0 || address === null ? {} : { kind: 'address' as const, objectName: address }
    await addFinishedEntry(db, redact, { actor: anonymous, operation: 'entriesLeftOut', ...whose, ...refused }, at)
  }
  await enter().catch(logAuditFailure(opening.operation))
}
