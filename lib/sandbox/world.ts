import type { SwrOperation } from '../contract/swr/operations'
import type { BasicWorld } from './basic/world'
import type { Raw } from './json-fields'
import type { RetentionMood, RetentionRun } from './retention/run'

/** A key pair that may sign requests, with what the gateway remembers about it. */
export interface Key {
  readonly access: string
  readonly secret: string
  /** Temporary keys only. */
  readonly securityToken?: string | undefined
  readonly project: string
  badSignatures: number
  /** Milliseconds since the epoch; 0 = not locked. */
  lockedUntil: number
}

export interface Tag {
  readonly id: number
  readonly name: string
  readonly pushed: string
  readonly pulled: string
}

/** A signature or another image that belongs to one: never listed beside it, and gone with it. */
export interface Accessory {
  readonly id: number
  /** Of itself as an artifact. */
  readonly artifact: number
  readonly digest: string
  readonly size: number
  readonly created: string
}

export interface Artifact {
  readonly id: number
  readonly digest: string
  readonly type: 'IMAGE' | 'CHART'
  readonly size: number
  readonly pushed: string
  readonly pulled: string
  readonly tags: readonly Tag[]
  readonly accessories?: readonly Accessory[]
}

export interface Repository {
  readonly id: number
  /** Inside the namespace; may hold slashes. */
  readonly name: string
  readonly description: string
  readonly pulls: number
  readonly created: string
  updated: string
  artifacts: readonly Artifact[]
}

export interface Namespace {
  readonly id: number
  readonly name: string
  readonly isPublic: boolean
  readonly created: string
  readonly updated: string
  repositories: readonly Repository[]
}

/** One tag on its way. Times are milliseconds since the epoch. */
export interface RunTag {
  /** Empty for an untagged artifact. */
  readonly name: string
  readonly digest: string
  /** The text of its failure, or null when it goes well; one that passes is gone at the second attempt. */
  failure: string | null
  readonly passes?: boolean
  /** When it begins and ends, in tasks of the run: 2.5 is in the middle of the third. */
  from: number
  to: number
  start: number | null
  end: number | null
  /** Not begun when the run was stopped. */
  stopped: boolean
}

/** One repository of a run. */
export interface RunTask {
  /** In full, as it is called here and at the other side. */
  readonly source: string
  readonly target: string
  readonly tags: readonly RunTag[]
  /** What was deleted here is to be deleted there, too. */
  readonly deletion?: boolean
  /** Fails before any of its tags is begun: its one tag is a stand-in that is not listed. */
  readonly whole?: boolean
}

/** Where the images of a run come from and go to, as far as the sandbox has both sides: the ids of two instances. */
export interface Route {
  readonly from: string
  readonly to: string
  readonly override: boolean
}

/** A started execution; `row` is what SWR answers for it, brought up to date by `runs.ts`. */
export interface Run {
  readonly row: Raw
  readonly tasks: readonly RunTask[]
  /** What status_text says in the end. */
  readonly verdict: string
  /** Fails before it has any task. */
  readonly refused?: boolean
  /** Where its images come from and arrive, as far as both are instances of the sandbox. */
  readonly route?: Route | undefined
  /** Own pace of seeded long runs; else the instance's. */
  readonly secondsPerTask?: number
  /** Milliseconds since the epoch up to which it was brought forward. */
  advancedTo: number
  /** Milliseconds since the epoch at which the service tries again what failed and may pass. */
  triesAgainAt?: number | null
  /** Milliseconds of waiting left before its first task begins. */
  waits: number
  /** Tasks that are done, with the part of the present one. */
  done: number
  stopping: boolean
  over: boolean
}

export interface Instance {
  readonly id: string
  readonly project: string
  readonly info: Raw
  namespaces: Namespace[]
  /** Rows as SWR answers them. */
  registries: unknown[]
  policies: unknown[]
  retentions: unknown[]
  immutableRules: unknown[]
  executions: unknown[]
  runs: Run[]
  retentionExecutions: unknown[]
  retentionRuns: RetentionRun[]
  retentionMood: RetentionMood
  /** Rows that the control port gave: tasks by their execution's id, tags by their task's id. */
  tasks: Record<string, readonly unknown[]>
  subtasks: Record<string, readonly unknown[]>
  /** Executions up to this id are of the past: their tasks are worked out from the policies as they were then. */
  past: { readonly upTo: number; readonly policies: readonly unknown[] }
  /** Rows as with `tasks` and `subtasks`, of executions of retention. */
  retentionTasks: Record<string, readonly unknown[]>
  retentionSubtasks: Record<string, readonly unknown[]>
  /** What `feature-gates` answers; garbage collection is refused where its gate is off. */
  gates: Raw
  garbageCollections: unknown[]
  /** Bytes of what was deleted, which only garbage collection frees. */
  unfreedBytes: number
  /** Counters and quotas that differ from the usual; they win over what is counted. */
  statistics: Raw
  secondsPerTask?: number | undefined
  /** How tasks name their repositories: with the number of its items as Harbor does today, or with their tags as before. */
  taskNames: 'counted' | 'listed'
  /** Milliseconds since the epoch up to which its schedules were kept: what was due until then has begun. */
  keptTo: number
  /** Ids of policies whose schedule has died, as it happens to Harbor: saving the policy again revives it. */
  deadSchedules: readonly number[]
  /** What a pull from a Basic Edition registry copies: all that is there, or what the filters take. */
  basicPull: 'everything' | 'filtered'
  issued: {
    policy: number
    registry: number
    execution: number
    retention: number
    retentionExecution: number
    immutableRule: number
    /** Repositories, artifacts, tags and accessories that came after the instance was made. */
    content: number
  }
}

export interface Received {
  readonly n: number
  readonly at: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly access: string | null
  /** What it is called in the contract; null for what is none of it. */
  operation: SwrOperation | null
  /** null until answered. */
  status: number | null
  /** Milliseconds that SWR takes for it. */
  takes: number
}

/** Everything one sandbox knows; each server has its own. */
export interface World {
  readonly clock: () => Date
  readonly keys: Map<string, Key>
  readonly instances: Map<string, Instance>
  readonly basic: BasicWorld
  readonly received: Received[]
  /** Requests that are no longer in `received`. */
  forgotten: number
  /** Requests that were throttled by a sentinel, with the time from which they pass. */
  readonly throttled: Map<string, number>
  secondsPerTask: number
  /** Milliseconds to wait before each answer. */
  delayMs: number
  requestCount: number
}

export const newKey = (key: Pick<Key, 'access' | 'secret' | 'project' | 'securityToken'>): Key => ({
  ...key,
  badSignatures: 0,
  lockedUntil: 0,
})
