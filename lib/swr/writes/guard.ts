import 'server-only'
import type { ObjectKind } from '../../contract/vocabulary'
import type { Db } from '../../db/schema'
import { globalSlot } from '../../global-slot'
import type { Snapshot } from '../current'

type Body = Readonly<Record<string, unknown>>

/** A create or an update that is about to be sent. */
export interface GuardedWrite {
  readonly db: Db
  readonly connection: string
  readonly params: Readonly<Record<string, string | undefined>>
  /** What is there now; null for what is being made. */
  readonly was: Snapshot | null
  /** As the caller wants it, in the shape of a request. */
  readonly wanted: Body
  /** The same with all that SWR holds besides. */
  readonly body: Body
}

/** Throws what refuses any change of an object, and its deletion. */
type ChangeGuard = (change: Pick<GuardedWrite, 'db' | 'connection' | 'params'>) => Promise<void>

/** Answers the body that is sent instead, or throws what refuses it. */
export type WriteGuard = (write: GuardedWrite) => Promise<Body>

/** Kinds that nothing is written of while nobody guards them. */
const guarded: readonly ObjectKind[] = ['retention']

const guards = globalSlot('write-guards', () => new Map<ObjectKind, WriteGuard>())
const changeGuards = globalSlot('change-guards', () => new Map<ObjectKind, ChangeGuard>())

/** Says who looks at writes of a kind before they are sent; once, when the console starts. */
export const registerWriteGuard = (kind: ObjectKind, guard: WriteGuard): void => void guards().set(kind, guard)

/** Says who is asked before anything of a kind is changed or deleted; once, when the console starts. */
export const registerChangeGuard = (kind: ObjectKind, guard: ChangeGuard): void => void changeGuards().set(kind, guard)

export async function guardChange(kind: ObjectKind, change: Parameters<ChangeGuard>[0]): Promise<void> {
  const guard = changeGuards().get(kind)
  if (guard) await guard(change)
  else if (guarded.includes(kind)) throw new Error(`nobody guards changes of the kind ${kind}`)
}

export async function guardWrite(kind: ObjectKind, write: GuardedWrite): Promise<Body> {
  const guard = guards().get(kind)
  if (guard) return await guard(write)
  if (guarded.includes(kind)) throw new Error(`nobody guards writes of the kind ${kind}`)
  return write.body
}
