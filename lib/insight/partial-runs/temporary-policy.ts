import 'server-only'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import { ProblemError, problemOf } from '../../contract/problem'
import type { Replication } from '../../contract/swr/replication'
import { temporaryPolicyBody, temporaryPolicyName } from '../../policy/replication/partial'
import { requestSwr, requestSwrAsSystem } from '../../swr/client'
import { fetchAllPages } from '../paginate'
import { instanceOf, type PartialRunContext, retryWhenThrottled, sleep } from './retry'

/* The short-lived policy of a part: made once, found again, removed. */

/** A policy of exactly that name: SWR's own filter finds parts of names as well. */
export async function findTemporaryPolicy(context: PartialRunContext, name: string): Promise<Replication | undefined> {
  const found = await fetchAllPages(
    async (page) => {
      const asked = { params: instanceOf(context), query: { ...page, name } }
      const { policies, total } = await requestSwr(context.actor, context.connection, 'replicationList', asked)
      return { rows: policies, total }
    },
    { maxRows: 1000 },
  )
  if (found.problem) throw new ProblemError(found.problem)
  return found.rows.find((policy) => policy.name === name)
}

/** Policies that the quota has room for; null when that cannot be read. */
export async function quotaLeft(
  context: Pick<PartialRunContext, 'actor' | 'connection' | 'instance'>,
): Promise<number | null> {
  const statistics = await requestSwr(context.actor, context.connection, 'instanceStatistics', {
    params: { instance_id: context.instance },
  }).catch(() => null)
  const { replica_policy_count: count, replica_policy_quota: quota } = statistics ?? {}
  return count === undefined || quota === undefined || quota <= 0 ? null : Math.max(quota - count, 0)
}

const secondsBetweenLooks = 2
const secondsForRoom = 120

/** Other parts of the same run, or somebody else, may make room. Where one has waited in vain, the next does not wait. */
async function waitForRoom(context: PartialRunContext): Promise<void> {
  for (let waited = 0; (await quotaLeft(context)) === 0; waited += secondsBetweenLooks) {
    if (context.room.isFull || waited >= secondsForRoom) {
      context.room.isFull = true
      throw new ProblemError({ status: 409, code: 'policy_quota_full' })
    }
    await sleep(secondsBetweenLooks)
    context.check()
    await context.permit()
  }
  context.room.isFull = false
}

/** Makes it, or finds what was made although the answer got lost. Undefined: the quota had no room after all. */
async function make(
  context: PartialRunContext,
  name: string,
  { repository, tags, whole }: PartialRunItem,
): Promise<number | undefined> {
  await waitForRoom(context)
  await context.permit()
  const body = temporaryPolicyBody(context.parent, { repository, tags, whole }, name)
  if (!body) throw new ProblemError({ status: 409, code: 'scope_impossible' })
  const basis = context.parent.id === undefined ? {} : { basis: String(context.parent.id) }
  const asked = { params: instanceOf(context), body, reason: context.reason, ...basis }
  try {
    const { id } = await retryWhenThrottled(context, () =>
      requestSwrAsSystem(context.actor, context.connection, 'replicationCreate', asked),
    )
    if (id !== undefined) return id
  } catch (error) {
    const made = await findTemporaryPolicy(context, name).catch(() => undefined)
    if (made?.id !== undefined) return made.id
    if ((await quotaLeft(context)) === 0) return undefined
    throw error
  }
  const made = await findTemporaryPolicy(context, name)
  if (made?.id === undefined) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  return made.id
}

/** The part's policy: the one that was made before the console died, or a new one. */
export async function ensureTemporaryPolicy(
  context: PartialRunContext,
  part: PartialRunItem,
  index: number,
): Promise<number> {
  const name = temporaryPolicyName(context.token, index)
  const known = await findTemporaryPolicy(context, name)
  if (known?.id !== undefined) return known.id
  return await context.inTurn(async () => {
    for (;;) {
      const made = await make(context, name, part)
      if (made !== undefined) return made
    }
  })
}

/** Removes it. One that is gone is removed; one that somebody has given another name is not the console's any more. */
export async function deleteTemporaryPolicy(
  context: PartialRunContext,
  index: number,
  known: number | null,
): Promise<void> {
  const name = temporaryPolicyName(context.token, index)
  // Its making may have succeeded although its answer failed.
  const policy = known ?? (await findTemporaryPolicy(context, name))?.id
  if (policy === undefined) return
  const params = { ...instanceOf(context), policy_id: String(policy) }
  try {
    const shown = await requestSwr(context.actor, context.connection, 'replicationShow', { params })
    if (shown.name !== name) return
    const asked = { params, ifMatch: shown.content_hash, reason: context.reason }
    await retryWhenThrottled(context, () =>
      requestSwrAsSystem(context.actor, context.connection, 'replicationDelete', asked),
    )
  } catch (error) {
    if (problemOf(error).code !== 'swr_not_found') throw error
  }
}
