import 'server-only'
import { type Lease, withLease } from '../../db/lease'
import type { Db } from '../../db/schema'
import { leaseSeconds } from './context'

interface Namespace {
  readonly connection: string
  readonly instance: string
  readonly namespace: string
}

/**
 * What arms retention and what immutable tag rules hold are looked at together: who leaves a schedule on, starts a real run or
 * changes a rule of a namespace has it alone from the first look until the write was sent. Taken before the lease of a policy,
 * never after it. Waiting ends with `busy_here`.
 */
export const withNamespaceLease = <Result>(
  db: Db,
  { connection, instance, namespace }: Namespace,
  work: (hold: Lease) => Promise<Result>,
): Promise<Result> => withLease(db, ['retention-arming', connection, instance, namespace].join('/'), leaseSeconds, work)
