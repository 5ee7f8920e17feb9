import type { AuditEntry } from '../../contract/console/schemas'
import { contentDifferences } from './version-differences'

type Entry = Pick<AuditEntry, 'operation' | 'outcome' | 'after'>

/** Nobody has said what became of a write that `failed`: SWR may have carried it out. */
const mayHaveWritten: readonly AuditEntry['outcome'][] = ['done', 'failed']

/** SWR looks at the health of a registry again and again. */
const isContent = ({ path }: { path: string }) => path !== 'status'

/**
 * The write of the console that left an object as it is now, or gone where `current` is null: by the entries of the audit log
 * about this object, newest first. Undefined when none of them did, which means that it was changed outside of the console.
 */
export function findWrite<Found extends Entry>(entries: readonly Found[], current: object | null): Found | undefined {
  const last = entries.find(
    ({ operation, outcome }) => /(Create|Update|Delete)$/.test(operation) && mayHaveWritten.includes(outcome),
  )
  if (last === undefined) return undefined
  const isDeletion = last.operation.endsWith('Delete')
  if (current === null || isDeletion) return current === null && isDeletion ? last : undefined
  return contentDifferences(last.after, current).some(isContent) ? undefined : last
}
