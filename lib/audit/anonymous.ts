import 'server-only'
import { getIP } from 'better-auth/api'
import { tally } from '../db/rate-limit-counter'
import type { AuditStore } from './audit-store'
import { noteEntry, type Opening } from './store'
import { closingOf, complain } from './with-audit'

/** Who asked, when nobody is known. */
export const nobody = { id: null, email: '', role: null } as const

const seconds = 60
/** Entries in that time, from one address and from all together. */
export const most = { address: 20, all: 200 } as const

/**
 * Enters what was refused to somebody whom nobody knows. A stranger must not be able to fill the log: after so many entries
 * one says that more were left out. `always` is for what is limited otherwise; it is counted all the same, so that the
 * answer takes as long, but apart: it must not use up the place of that one.
 */
export async function recordStranger(
  { auth, db, redact }: AuditStore & { readonly auth: { readonly options: Parameters<typeof getIP>[1] } },
  headers: Headers,
  opening: Opening,
  error: unknown,
  { always = false, at = new Date() } = {},
): Promise<void> {
  const address = getIP(headers, auth.options)
  const refused = closingOf(error)
  const counted = always ? 'always' : 'entries'
  const enter = async () => {
    const here = (await tally(db, `${counted}\0${address}`, seconds, at)).count - most.address
    const everywhere = here > 1 ? 0 : (await tally(db, counted, seconds, at)).count - most.all
    if (always || (here <= 0 && everywhere <= 0)) return await noteEntry(db, redact, { ...opening, ...refused }, at)
    if (here > 1 || everywhere > 1) return
    const whose = everywhere > 0 || address === null ? {} : { kind: 'address', objectName: address }
    await noteEntry(db, redact, { actor: nobody, operation: 'entriesLeftOut', ...whose, ...refused }, at)
  }
  await enter().catch(complain(opening.operation))
}
