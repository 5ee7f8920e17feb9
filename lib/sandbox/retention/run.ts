import type { Raw } from '../json-fields'

/* What the world keeps of executions of retention. Times are milliseconds since the epoch. */

/** In what the versions of Harbor differ, or SWR from Harbor. */
export interface RetentionMood {
  /** Before 2.16 an immutable tag rule met a nested repository by the wrong name (docs/retention-engine.md). */
  readonly immutableMatching: 'old' | 'new'
  /** Which images a task lists: those that it deletes, as SWR documents, or all of them, as Harbor does. */
  readonly subtasks: 'deleted' | 'all'
  /** A wrong tag pattern fails its task, or its error gets lost: then the other rules decide alone. Chance, in the engine. */
  readonly patternErrors: 'told' | 'lost'
  /** Seconds after its begin before the list of executions shows one. */
  readonly listedAfter: number
  /** Runs hang: nothing moves in them until this ends. */
  readonly standstill: boolean
}

export const usualRetentionMood: RetentionMood = {
  immutableMatching: 'new',
  subtasks: 'deleted',
  patternErrors: 'told',
  listedAfter: 0,
  standstill: false,
}

export type RetentionAction = 'DEL' | 'RETAIN' | 'IMMUTABLE' | 'ERR'

/** What became of one image. */
export interface RetentionEntry {
  readonly digest: string
  /** Empty for an untagged image. */
  readonly tags: readonly string[]
  readonly action: RetentionAction
  readonly statusText: string
}

/** One repository of a run. */
export interface RetentionTask {
  /** Inside the namespace. */
  readonly repository: string
  /** Rules that concern it, as they were when the run began. */
  readonly rules: readonly unknown[]
  /** Never finished. */
  readonly hangs: boolean
  start: number | null
  end: number | null
  /** Why it failed, or null. */
  failure: string | null
  total: number
  retained: number
  entries: readonly RetentionEntry[]
}

/** A started execution; `row` is what SWR answers for it. */
export interface RetentionRun {
  readonly row: Raw
  readonly namespace: string
  /** How its rules decide together. */
  readonly algorithm: string
  readonly isDryRun: boolean
  readonly tasks: readonly RetentionTask[]
  /** Fails before it has any task. */
  readonly refused: boolean
  /** Hangs before it has any task. */
  readonly hangs: boolean
  advancedTo: number
  /** Milliseconds of waiting left before its first task begins. */
  waits: number
  /** Tasks that are done, with the part of the present one. */
  done: number
  over: boolean
}
