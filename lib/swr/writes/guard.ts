import 'server-only'
import type { Actor } from '../../contract/actor'
import type { ImmutableRule } from '../../contract/swr/immutable-rule'
import type { ObjectKind } from '../../contract/vocabulary'
import type { Db } from '../../db/schema'
import { globalSlot } from '../../global-slot'
import type { Snapshot } from '../current'

type Body = Readonly<Record<string, unknown>>

/** A create or an update that is about to be sent. */
export interface GuardedWrite {
  readonly db: Db
  readonly actor: Actor
  readonly connection: string
  readonly params: Readonly<Record<string, string | undefined>>
  /** What is there now; null for what is being made. */
  readonly was: Snapshot | null
  /** As the caller wants it, with all that SWR holds besides. */
  readonly body: Body
  /** The dry run whose outcome the caller has agreed to. */
  readonly dryRun?: string | undefined
}

/** A change of an immutable tag rule that is about to be sent. */
export interface ImmutableChange extends Pick<GuardedWrite, 'db' | 'actor' | 'connection' | 'params'> {
  readonly was: ImmutableRule
  /** As it will be; null for a deletion. */
  readonly now: Body | null
  readonly namespace: string
  /** To be called with the name of each schedule that is switched off before. */
  readonly onSwitchedOff: (name: string) => void
}

/** Throws what refuses it, and does what has to be done before. */
type ImmutableGuard = (change: ImmutableChange) => Promise<void>

/** Throws what refuses any change of an object, and its deletion. */
type ChangeGuard = (change: Pick<GuardedWrite, 'db' | 'connection' | 'params'>) => Promise<void>

/** Answers the body that is sent instead, or throws what refuses it. */
export type WriteGuard = (write: GuardedWrite) => Promise<Body>

/** Kinds that nothing is written of while nobody guards them. */
const guarded: readonly ObjectKind[] = ['retention']

const guards = globalSlot('write-guards', () => new Map<ObjectKind, WriteGuard>())
const immutableGuard = globalSlot('immutable-guard', () => ({ guard: null as ImmutableGuard | null }))
const changeGuards = globalSlot('change-guards', () => new Map<ObjectKind, ChangeGuard>())

/** Says who looks at writes of a kind before they are sent; once, when the console starts. */
export const registerWriteGuard = (kind: ObjectKind, guard: WriteGuard): void => void guards().set(kind, guard)

/** Says who is asked before anything of a kind is changed or deleted; once, when the console starts. */
export const registerChangeGuard = (kind: ObjectKind, guard: ChangeGuard): void => void changeGuards().set(kind, guard)

/** Says who is asked before an immutable tag rule is changed or deleted; once, when the console starts. */
export function registerImmutableGuard(guard: ImmutableGuard): void {
  immutableGuard().guard = guard
}

/** Immutable tag rules hold what retention would delete: none is changed while nobody guards them. */
export async function guardImmutable(change: ImmutableChange): Promise<void> {
  const { guard } = immutableGuard()
  if (!guard) throw new Error('nobody guards changes of immutable tag rules')
  await guard(change)
}

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
