import 'server-only'
import { z } from 'zod'
import type { AuditStore } from '../../audit/audit-store'
import type { Actor } from '../../contract/actor'
import { type BasicRequest, basicRule } from '../../contract/console/basic-retention'
import type { BasicRetention } from '../../contract/swr/basic-retention'
import type { Db } from '../../db/schema'
import type { Job, JobType } from '../../jobs/job'
import { startJob } from '../../jobs/runner'
import { insertJob, tellJob } from '../../jobs/store'
import {
  countOtherAdmins,
  isWaiting,
  newestRequest,
  newRequest,
  requestFields,
  requestKind,
  settleRequest,
} from '../retention/second-admin'
import { type BasicPlace, nameOf, shownOf } from './place'

/* A rule that deletes more than one admin may: it waits for a second one, who saves it by confirming. */

const requestData = z.object({
  ...requestFields,
  rule: basicRule,
  /** What SWR held when it was asked for. */
  was: z.string().nullable(),
  /** Hash of the deletions that both agree to. */
  decided: z.string(),
  deleted: z.number(),
  /** What ran somewhere, and lists that were too old, as who asked has accepted them. */
  accepted: z.object({ running: z.array(z.string()), old: z.array(z.string()) }),
})
type RequestData = z.output<typeof requestData>
const requestType: JobType<RequestData> = { kind: 'basic-retention-rule', data: requestData }
export const basicRequestKind = requestKind(requestType, {
  subject: ({ connection, subject }) => ({ kind: 'basic_retention', connection, objectName: subject ?? undefined }),
  operations: { withdrawn: 'basicRetentionWithdraw', expired: 'basicRetentionExpire' },
  asked: ({ rule }) => ({ rule }),
})

/** Of a repository. */
export const newestRuleRequest = (db: Db, place: BasicPlace): Promise<Job<RequestData> | null> =>
  newestRequest(db, requestType, { connection: place.connection, subject: nameOf(place) })

/** Ends what waits in a repository; who calls it has its turn there. */
export async function replaceRuleRequest(db: Db, place: BasicPlace, actor: Actor): Promise<void> {
  const newest = await newestRuleRequest(db, place)
  if (newest && (await settleRequest(db, newest.id, 'replaced', actor))) tellJob(newest.id)
}

interface Wanted extends Pick<RequestData, 'rule' | 'was' | 'decided' | 'deleted' | 'accepted'> {
  readonly hours: number
  readonly reason: string | undefined
}

/** Has a rule wait for a second admin, in place of what waits already. */
export async function askForRule(
  known: AuditStore,
  actor: Actor,
  place: BasicPlace,
  { hours, reason, ...wanted }: Wanted,
): Promise<void> {
  await replaceRuleRequest(known.db, place, actor)
  const job = await insertJob(known.db, requestType, {
    connection: place.connection,
    subject: nameOf(place),
    actorId: actor.id,
    actorName: actor.email,
    role: actor.role,
    reason: reason ?? null,
    size: wanted.deleted,
    data: { ...newRequest(hours * 3600), ...wanted },
  })
  startJob(known, job)
}

const shownRequest = (job: Job<RequestData>): BasicRequest => {
  const { id, data, actorId, actorName, reason, at } = job
  const { rule, deleted, until, settled } = data
  // Its worker may not have looked yet.
  const state = data.state === 'waiting' && !isWaiting(job) ? 'expired' : data.state
  return { id, state, rule, deleted, actorId, actorName, reason, at: at.toISOString(), until, settled }
}

/** A repository as its screen shows it. */
export async function answerOf(db: Db, actor: Actor, place: BasicPlace, held: readonly BasicRetention[]) {
  const newest = await newestRuleRequest(db, place)
  return {
    retention: shownOf(held),
    request: newest && shownRequest(newest),
    otherAdmins: await countOtherAdmins(db, actor),
  }
}
