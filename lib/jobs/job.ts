import 'server-only'
import type { z } from 'zod'
import type { AuditStore } from '../audit/audit-store'
import type { Actor } from '../contract/actor'
import type { StopReason } from '../contract/console/partial-runs'
import type { Role } from '../contract/roles'
import type { Db } from '../db/schema'

/* Durable background work: what one process leaves unfinished another takes up, and nothing is done by two. */

/** Of a job that no further step is taken of at all. */
export interface Stop {
  readonly reason: StopReason
  /** Who stopped it, or whose right is gone. */
  readonly name: string
  readonly at: Date
}

export interface Job<Data> {
  readonly id: number
  readonly kind: string
  readonly connection: string
  readonly instance: string | null
  /** What it is about, such as the policy of a partial run. */
  readonly subject: string | null
  readonly at: Date
  readonly endedAt: Date | null
  /** Who carries it out; empty while nobody does. */
  readonly holder: string
  readonly actorId: string
  readonly actorName: string
  /** Of who started it, at that time. */
  readonly role: Role
  readonly reason: string | null
  /** Steps or cells. */
  readonly size: number
  readonly paused: boolean
  readonly stop: Stop | null
  /** Grows with each change that people can see. */
  version: number
  data: Data
}

/** How jobs of one kind are stored: all that handlers need to know. */
export interface JobType<Data> {
  readonly kind: string
  readonly data: z.ZodType<Data>
}

/** How jobs of one kind are carried out; registered once when the console starts. */
export interface JobKind<Data> extends JobType<Data> {
  /** Least role of who started it, which is asked for again before each step. */
  readonly role: { readonly role: Role }
  /**
   * Carries a job out from wherever it stands, and is called again after a crash: what must not happen twice has to be
   * saved before it is begun. Also called again at once when somebody has changed the job while it was at work.
   */
  work(context: JobContext<Data>): Promise<WorkResult>
}

/** `again`: seconds after which it is taken up anew. */
export type WorkResult = 'ended' | { readonly again: number }

export interface JobContext<Data> {
  readonly store: AuditStore
  readonly job: Job<Data>
  /** Who started it, in their present role; the system once they may not go on or somebody has stopped the job. */
  readonly actor: Actor
  /** Seconds for which nobody had worked at it, although it was due, before this worker took it up. */
  readonly idleSeconds: number
  /** Throws `Interrupted` when somebody else holds the job by now. */
  check(): void
  /** Asks the database whether the next step may be taken. Throws `Interrupted`, `Stopped` or `Paused`. */
  permit(): Promise<void>
  /** Waits; not as long when somebody stops, pauses or changes the job here, or this console is told to stop. */
  sleep(seconds: number): Promise<void>
  /** Saves `job.data` under the next version and tells who watches. Throws `Interrupted`. */
  save(): Promise<void>
  /**
   * Like `save`, with rows of the kind's own in the same transaction; `version` is the one that they belong to. Nobody can
   * take the job over until it is committed. `save` and `change` wait for it to end, so it calls neither.
   */
  change<Result>(write: (tx: Db, version: number) => Promise<Result>): Promise<Result>
  /** Asks the database whether this worker holds the job; inside of a transaction, until that ends. */
  holds(tx?: Db): Promise<boolean>
  /**
   * Waits for one of `slots` places that all jobs share under `keyPrefix`, in any console on this database: small jobs go
   * first, then older ones. Throws what `permit` throws while it waits, and `busy_here` after `patienceSeconds`.
   */
  inSlot<Result>(
    keyPrefix: string,
    slots: number,
    work: () => Promise<Result>,
    patienceSeconds?: number,
  ): Promise<Result>
}

/** Somebody else carries the job out, or nothing can be saved: this process goes no further, and changes nothing more. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** No further step may be taken at all; what was made is to be tidied up. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  constructor(readonly reason: StopReason) {
    super()
  }
}

/** No further step for now: somebody has paused the job, or this console is told to stop. The work ends where it stands. */
export class Paused extends Error {
  override readonly name = 'Paused'
}

/** The job stays as it stands and is taken up again after so many seconds. */
export class Later extends Error {
  override readonly name = 'Later'
  constructor(readonly seconds = 60) {
    super()
  }
}
