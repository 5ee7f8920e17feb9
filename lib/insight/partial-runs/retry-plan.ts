import 'server-only'
import type { AuditStore } from '../../audit/audit-store'
import type { Actor } from '../../contract/actor'
import type { RetryPlan } from '../../contract/console/retry'
import { problemOf } from '../../contract/problem'
import type { Replication } from '../../contract/swr/replication'
import type { LeftReason } from '../../contract/vocabulary'
import type { Scope } from '../../policy/replication/partial'
import { type Failed, type Left, planRetry, type Retry } from '../../policy/replication/retry'
import { requestSwr } from '../../swr/client'
import type { ConsoleHandlers } from '../handler'
import type { RunAt } from '../runs/find'
import { type Looked, lookedAt, runLocation } from '../runs/run'
import { type Copy, copiedSince } from './copied-since'

/* The one answer to what of a run can be run again: what the page shows is what the start does. */

function failedIn({ tags, tasks }: Pick<Looked, 'tags' | 'tasks'>): Failed[] {
  return [
    ...tasks.flatMap(({ whole, repository, act }) => (whole ? [{ repository, tag: null, act }] : [])),
    ...tags.flatMap(({ phase, repository, tag, act }) => (phase === 'failed' ? [{ repository, tag, act }] : [])),
  ]
}

export interface Planned extends Retry<Copy> {
  readonly looked: Looked
  readonly failed: number
}

/** `policy` is null when it is gone: what failed is told all the same. */
export async function planOf(
  actor: Actor,
  store: Pick<AuditStore, 'db'>,
  at: RunAt,
  policy: Replication | null,
): Promise<Planned> {
  const looked = await lookedAt(actor, store, at)
  const failed = failedIn(looked)
  const copied = failed.length > 0 ? await copiedSince(actor, store, at, looked.run.execution) : () => undefined
  const retry = planRetry<Copy>(policy, failed, copied)
  return { ...retry, looked, failed: retry.copies.length + retry.left.length + countOf(retry.again) }
}

const countOf = (scopes: readonly Scope[]) =>
  scopes.reduce((sum, { tags, whole }) => sum + (whole ? 1 : tags.length), 0)

/** As many names as one answer carries; all are counted. */
const max = { parts: 200, tags: 12, copies: 1_000, examples: 5 }

function grouped(left: readonly Left[]): RetryPlan['left'] {
  const groups = new Map<LeftReason, { count: number; examples: string[] }>()
  for (const { reason, repository, tag } of left) {
    const group = groups.get(reason) ?? { count: 0, examples: [] }
    group.count += 1
    const name = tag ? `${repository}:${tag}` : repository
    if (group.examples.length < max.examples && !group.examples.includes(name)) group.examples.push(name)
    groups.set(reason, group)
  }
  return [...groups].map(([reason, group]) => ({ reason, ...group }))
}

export const retryPlanShow: ConsoleHandlers<'retryPlanShow'>['retryPlanShow'] = async ({ actor, known, params }) => {
  const at = runLocation(params)
  const policy = await requestSwr(actor, at.connection, 'replicationShow', {
    params: { instance_id: at.instance, policy_id: params.policy_id },
  }).catch((error: unknown) => {
    if (problemOf(error).code === 'swr_not_found') return null
    throw error
  })
  const { looked, failed, again, left, copies } = await planOf(actor, known, at, policy)
  return {
    at: looked.run.at,
    complete: looked.run.complete,
    refreshing: looked.unread,
    failed,
    copied: copies.length,
    copies: copies
      .slice(0, max.copies)
      .map(({ wish: { repository, tag }, by }) => ({ repository, tag: tag ?? '', ...by })),
    again: countOf(again),
    repositories: again.length,
    parts: again.slice(0, max.parts).map(({ repository, tags, whole = false }) => ({
      repository,
      whole,
      tags: tags.slice(0, max.tags),
      count: tags.length,
    })),
    left: grouped(left),
  }
}
