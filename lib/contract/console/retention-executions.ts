import { z } from 'zod'
import { moment } from '../freshness'
import { retention } from '../swr/retention'
import { failureCauses } from '../vocabulary'
import { pageOf } from './paging'
import { retentionActs, retentionRunStates } from './retention-vocabulary'

/* SWR's own executions of retention policies, whoever began them. */

const runRepository = z.object({
  name: z.string(),
  status: z.string(),
  total: z.number().nullable(),
  retained: z.number().nullable(),
  text: z.string(),
})

/** Images of a run, or whole repositories of it, that failed for the same cause. */
export const retentionFailure = z.object({
  act: z.enum(retentionActs),
  /** `other` for deletions: what is known of causes is known of copies. */
  cause: z.enum(failureCauses),
  /** SWR's words for one of them, or the console's own code; empty where nobody says why. */
  text: z.string(),
  /** 0: the repositories failed as a whole. */
  images: z.number(),
  /** The first of them, in full. */
  repositories: z.array(z.string()),
  repositoryCount: z.number(),
})
export type RetentionFailure = z.output<typeof retentionFailure>

/** SWR's executions of a policy, newest first, with the console's own knowledge beside them. */
export const retentionHistoryList = {
  query: z.strictObject(pageOf(100)),
  response: z.object({
    at: moment,
    rows: z.array(
      z.object({
        execution: z.number(),
        start: moment.nullable(),
        end: moment.nullable(),
        status: z.string(),
        trigger: z.string(),
        dryRun: z.boolean().nullable(),
        /** The console's own job for it. */
        job: z.object({ kind: z.enum(['dry_run', 'run']), id: z.number(), actorName: z.string() }).nullable(),
      }),
    ),
    total: z.number(),
    /** The newest real runs of the console that SWR was never told of: they wait, or were ended before. */
    notBegun: z.object({
      rows: z.array(z.object({ id: z.number(), at: moment, state: z.enum(retentionRunStates), actorName: z.string() })),
      /** Of all of them. */
      total: z.number(),
    }),
  }),
}

/** One execution as SWR tells it, whoever or whatever began it. */
export const retentionExecutionShow = {
  query: z.strictObject({ ...pageOf(200), q: z.string().max(256).optional() }),
  response: z.object({
    at: moment,
    status: z.string(),
    text: z.string(),
    dryRun: z.boolean().nullable(),
    trigger: z.string(),
    start: moment.nullable(),
    end: moment.nullable(),
    job: z.object({ kind: z.enum(['dry_run', 'run']), id: z.number(), actorName: z.string() }).nullable(),
    total: z.number(),
    retained: z.number(),
    /** The rules that it ran by, as far as the console knows, and since when it had known them; SWR does not say. */
    rules: z.object({ rules: retention.shape.rules, at: moment }).nullable(),
    /** Once it has ended, the most frequent first. */
    failures: z.array(retentionFailure),
    repositories: z.object({ rows: z.array(runRepository.extend({ task: z.number() })), total: z.number() }),
    /** SWR's last garbage collection, where the tenant may read it: bytes come free by it alone. */
    garbageCollection: z.object({ at: moment.nullable(), status: z.string(), freed: z.number().nullable() }).nullable(),
  }),
}
export const retentionExecutionImageList = {
  query: z.strictObject(pageOf(100)),
  response: z.object({
    rows: z.array(
      z.object({
        tag: z.string(),
        digest: z.string(),
        action: z.string(),
        status: z.string(),
        /** When SWR did it, or found that it has nothing to do; null where it says no time. */
        at: moment.nullable(),
        text: z.string(),
      }),
    ),
    total: z.number(),
  }),
}
