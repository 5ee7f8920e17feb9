import 'server-only'
import { z } from 'zod'
import { partialRun } from '../../contract/console/partial-runs'
import { decisionWarning } from '../../contract/console/retention-decisions'
import { runInUse } from '../../contract/console/retention-runs'
import {
  dryRunStates,
  type RetentionRunState,
  retentionRunStates,
  runBlocks,
} from '../../contract/console/retention-vocabulary'
import { moment } from '../../contract/freshness'
import { swrSchemas } from '../../contract/swr/schemas'
import type { Job, JobContext, JobType } from '../../jobs/job'

/* Retention as jobs: the subject is the policy's id. Their images are rows of their own (lib/db/retention-images.ts). */

const amount = z.object({ images: z.number(), tags: z.number(), bytes: z.number() })
export type Amount = z.output<typeof amount>

const person = z.object({ id: z.string(), name: z.string(), at: moment })

/** SWR's execution of a policy. The mark is saved before SWR is told to begin, and that is told once. */
const execution = {
  mark: z.object({ at: moment, /** The newest that was there. */ before: z.number() }).nullable(),
  execution: z.number().nullable(),
}
export interface ExecutionData {
  mark: { at: string; before: number } | null
  execution: number | null
}

const common = {
  ...execution,
  namespace: z.string(),
  /** Name of the policy. */
  name: z.string(),
  content: z.string(),
  /** The immutable tag rules that it is decided on; null where nobody may read them. */
  immutable: z.string().nullable().default(null),
  /** A problem's code, or why it failed. */
  failure: z.string().nullable(),
  text: z.string(),
}

const dryRunData = z.object({
  ...common,
  state: z.enum(dryRunStates),
  /** The policy as it was. */
  policy: swrSchemas.retentionShow.response,
  repositories: z.number(),
  seen: person.nullable(),
  /** Once it is done. */
  warnings: z.array(decisionWarning).default([]),
})
export type DryRunData = z.output<typeof dryRunData>
export type DryRunJob = Job<DryRunData>
export const dryRunType: JobType<DryRunData> = { kind: 'retention-dry-run', data: dryRunData }

/** Images on their way through temporary policies: one group for each that must differ in more than its repository. */
const copying = z.object({
  token: z.string(),
  namespace: z.string(),
  override: z.boolean(),
  parts: partialRun.shape.parts,
})
export type Copying = z.output<typeof copying>

const archive = z.object({ registry: z.number(), name: z.string(), namespace: z.string(), days: z.number() })
export type Archive = z.output<typeof archive>

/** What ran somewhere when an admin said that it may go all the same, and lists that were too old; all else stays locked. */
const acceptedUse = z.object({
  images: z.array(z.object({ repository: z.string(), digest: z.string(), clusters: z.array(z.string()) })),
  old: z.array(z.string()),
})
export type AcceptedUse = z.output<typeof acceptedUse>

/** What who asks for a run is told beside its numbers, and agrees to. */
const agreed = z.object({ uncopied: z.number(), differences: z.number(), inUse: runInUse })
const nothingAgreed = { uncopied: 0, differences: 0, inUse: { images: 0, examples: [], clusters: [], old: [] } }

const runData = z.object({
  ...common,
  state: z.enum(retentionRunStates),
  block: z.enum(runBlocks).nullable(),
  dryRun: z.number(),
  /** Until when the dry run opens the lock. */
  until: moment,
  planned: amount,
  aboveCeiling: z.boolean(),
  confirmed: person.nullable(),
  accepted: acceptedUse,
  agreed: agreed.default(nothingAgreed),
  withoutCopy: z.boolean(),
  archive: archive.nullable(),
  copying: z.array(copying),
  /** What is behind the archive's registry, once copying has begun: several registries may lead there. */
  endpoint: z.string().nullable(),
})
export type RunData = z.output<typeof runData>
export type RunJob = Job<RunData>
export type RunContext = JobContext<RunData>
/** What can still come to a deletion, or is one. In any other state all that is left of a run is to tidy up after it. */
const openStates: readonly RetentionRunState[] = ['waiting', 'checking', 'copying', 'deleting']
export const isOver = ({ state }: Pick<RunData, 'state'>): boolean => !openStates.includes(state)
export const overStates: readonly RetentionRunState[] = retentionRunStates.filter((state) => isOver({ state }))
export const runType: JobType<RunData> = { kind: 'retention-run', data: runData }

/** Goes on looking at a run that SWR has not ended. */
const watchData = z.object({ run: z.number() })
export type WatchData = z.output<typeof watchData>
export type WatchContext = JobContext<WatchData>
export const watchType: JobType<WatchData> = { kind: 'retention-watch', data: watchData }

const restoreData = z.object({
  /** The run whose images come back. */
  run: z.number(),
  name: z.string(),
  archive,
  images: z.array(z.number()),
  copying: z.array(copying).nullable(),
})
export type RestoreData = z.output<typeof restoreData>
export type RestoreContext = JobContext<RestoreData>
export const restoreType: JobType<RestoreData> = { kind: 'retention-restore', data: restoreData }
