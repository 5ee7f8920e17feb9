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
export async function findTemporaryPolicy(of: PartialRunContext, name: string): Promise<Replication | undefined> {
  const found = await fetchAllPages(
    async (page) => {
      const asked = { params: instanceOf(of), query: { ...page, name } }
      const { policies, total } = await requestSwr(of.actor, of.connection, 'replicationList', asked)
      return { rows: policies, total }
    },
    { maxRows: 1000 },
  )
  if (found.problem) throw new ProblemError(found.problem)
  return found.rows.find((policy) => policy.name === name)
}

/** Policies that the quota has room for; null when that cannot be read. */
export async function quotaLeft(
  of: Pick<PartialRunContext, 'actor' | 'connection' | 'instance'>,
): Promise<number | null> {
  const statistics = await requestSwr(of.actor, of.connection, 'instanceStatistics', {
    params: { instance_id: of.instance },
  }).catch(() => null)
  const { replica_policy_count: count, replica_policy_quota: quota } = statistics ?? {}
  return count === undefined || quota === undefined || quota <= 0 ? null : Math.max(quota - count, 0)
}

const secondsBetweenLooks = 2
const secondsForRoom = 120

/** Other parts of the same run, or somebody else, may make room. Where one has waited in vain, the next does not wait. */
async function waitForRoom(of: PartialRunContext): Promise<void> {
  for (let waited = 0; (await quotaLeft(of)) === 0; waited += secondsBetweenLooks) {
    if (of.room.isFull || waited >= secondsForRoom) {
      of.room.isFull = true
      throw new ProblemError({ status: 409, code: 'policy_quota_full' })
    }
    await sleep(secondsBetweenLooks)
    of.check()
    await of.permit()
  }
  of.room.isFull = false
}

/** Makes it, or finds what was made although the answer got lost. Undefined: the quota had no room after all. */
async function make(
  of: PartialRunContext,
  name: string,
  { repository, tags, whole }: PartialRunItem,
): Promise<number | undefined> {
  await waitForRoom(of)
  await of.permit()
  const body = temporaryPolicyBody(of.parent, { repository, tags, whole }, name)
  if (!body) throw new ProblemError({ status: 409, code: 'scope_impossible' })
  const basis = of.parent.id === undefined ? {} : { basis: String(of.parent.id) }
  const asked = { params: instanceOf(of), body, reason: of.reason, ...basis }
  try {
    const { id } = await retryWhenThrottled(of, () =>
      requestSwrAsSystem(of.actor, of.connection, 'replicationCreate', asked),
    )
    if (id !== undefined) return id
  } catch (error) {
    const made = await findTemporaryPolicy(of, name).catch(() => undefined)
    if (made?.id !== undefined) return made.id
    if ((await quotaLeft(of)) === 0) return undefined
    throw error
  }
  const made = await findTemporaryPolicy(of, name)
  if (made?.id === undefined) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  return made.id
}

/** The part's policy: the one that was made before the console died, or a new one. */
export async function ensureTemporaryPolicy(
  of: PartialRunContext,
  part: PartialRunItem,
  index: number,
): Promise<number> {
  const name = temporaryPolicyName(of.token, index)
  const known = await findTemporaryPolicy(of, name)
  if (known?.id !== undefined) return known.id
  return await of.inTurn(async () => {
    for (;;) {
      const made = await make(of, name, part)
      if (made !== undefined) return made
    }
  })
}

/** Removes it. One that is gone is removed; one that somebody has given another name is not the console's any more. */
export async function deleteTemporaryPolicy(of: PartialRunContext, index: number, known: number | null): Promise<void> {
  const name = temporaryPolicyName(of.token, index)
  // Its making may have succeeded although its answer failed.
  const policy = known ?? (await findTemporaryPolicy(of, name))?.id
  if (policy === undefined) return
  const params = { ...instanceOf(of), policy_id: String(policy) }
  try {
    const shown = await requestSwr(of.actor, of.connection, 'replicationShow', { params })
    if (shown.name !== name) return
    const asked = { params, ifMatch: shown.content_hash, reason: of.reason }
    await retryWhenThrottled(of, () => requestSwrAsSystem(of.actor, of.connection, 'replicationDelete', asked))
  } catch (error) {
    if (problemOf(error).code !== 'swr_not_found') throw error
  }
}
