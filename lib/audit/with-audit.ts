import 'server-only'
import { type ProblemCode, problemOf } from '../contract/problem'
import { countAttemptIn } from '../db/rate-limit-counter'
import { log } from '../net/log'
import type { AuditStore } from './audit-store'
import {
  type AuditEvent,
  type AuditOutcomeDetail,
  addFinishedEntry,
  finishEntry,
  startEntry,
  updateEntry,
} from './store'

type Detail = Omit<AuditOutcomeDetail, 'outcome'>

/** What a write tells the audit log while it goes on. */
export interface AuditContext {
  readonly id: number
  /** For when it is closed. */
  readonly tell: (detail: Detail) => void
  /** At once, so that it is known even when the console dies. */
  readonly describe: (detail: Detail) => Promise<void>
}

/** SWR answered, and nobody knows what it did; or it could not be asked. */
const unclear: readonly ProblemCode[] = [
  'unexpected',
  'swr_unreachable',
  'swr_timeout',
  'swr_broke_off',
  'swr_unreadable',
  'swr_tags_failed',
  'swr_rule_differs',
  'swr_failed',
]

/** How it ended, by what was thrown: `denied` is our no, `refused` is SWR's. */
export function outcomeOfError(error: unknown): AuditOutcomeDetail {
  const { code, status, swr, requestId } = problemOf(error)
  const outcome = unclear.includes(code) ? 'failed' : code.startsWith('swr_') ? 'refused' : 'denied'
  return { outcome, code, status: swr?.status ?? status, requestId }
}

export const logAuditFailure = (operation: string) => (error: unknown) => {
  const name = error instanceof Error ? error.name : typeof error
  log.error({ operation, error: name }, 'the audit log could not be written')
}

/**
 * Does something under an entry that is opened before and closed after. What cannot be entered is not done. When it cannot
 * be closed, it stays open and reads as interrupted: that its end is not known is the truth then.
 */
export async function withAudit<Result>(
  { db, redact }: AuditStore,
  opening: AuditEvent,
  seconds: number,
  work: (entry: AuditContext) => Promise<Result>,
): Promise<Result> {
  const id = await startEntry(db, redact, opening, seconds)
  const known: Detail = {}
  const tell = (detail: Detail) => void Object.assign(known, detail)
  const describe = async (detail: Detail) => {
    tell(detail)
    await updateEntry(db, redact, id, detail)
  }
  const close = (closing: AuditOutcomeDetail) =>
    finishEntry(db, redact, id, { ...known, ...closing }).catch(logAuditFailure(opening.operation))
  let result: Result
  try {
    result = await work({ id, tell, describe })
  } catch (error) {
    await close(outcomeOfError(error))
    throw error
  }
  await close({ outcome: 'done' })
  return result
}

const windowSeconds = 60
/** Entries of refusals in that time under one name; then one says that more were left out. */
export const maxDenials = 20

/** A write that did not even begin. Nobody can fill the log with what they may not do. */
export async function auditDenied(
  { db, redact }: AuditStore,
  opening: AuditEvent,
  error: unknown,
  now = new Date(),
): Promise<void> {
  const { actor } = opening
  const enter = async () => {
    const { count } = await countAttemptIn(db, `denials\0${actor.id}`, windowSeconds, now)
    if (count <= maxDenials) return await addFinishedEntry(db, redact, { ...opening, ...outcomeOfError(error) }, now)
    if (count > maxDenials + 1) return
    await addFinishedEntry(db, redact, { actor, operation: 'entriesLeftOut', ...outcomeOfError(error) }, now)
  }
  await enter().catch(logAuditFailure(opening.operation))
}
