import { z } from 'zod'
import { moment } from '../freshness'
import { pageOf } from './paging'
import { retentionRunStates } from './retention-vocabulary'

/* SWR's own executions of retention policies, whoever began them. */

const runRepository = z.object({
  name: z.string(),
  status: z.string(),
  total: z.number().nullable(),
  retained: z.number().nullable(),
  text: z.string(),
})

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
    notBegun: z.array(
      z.object({ id: z.number(), at: moment, state: z.enum(retentionRunStates), actorName: z.string() }),
    ),
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
