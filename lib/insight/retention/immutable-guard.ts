import 'server-only'
import { and, sql } from 'drizzle-orm'
import type { Actor } from '../../contract/actor'
import { ProblemError } from '../../contract/problem'
import { immutableRule } from '../../contract/swr/immutable-rule'
import { jobs } from '../../db/job-tables'
import type { Db } from '../../db/schema'
import { listJobs } from '../../jobs/store'
import { mayHoldLess } from '../../policy/retention/immutable-content'
import { withEnabled } from '../../policy/retention/request'
import { runsByItself } from '../../policy/retention/runs-by-itself'
import { requestSwr } from '../../swr/client'
import type { ImmutableChange } from '../../swr/writes/guard'
import { fetchAllPages } from '../paginate'
import { runType } from './job-types'
import { paramsOf, type RetentionPlace, readPolicy } from './place'

type NamespacePlace = Pick<RetentionPlace, 'connection' | 'instance' | 'namespace'>

const maxPolicies = 5_000

async function hasOpenRun(db: Db, { connection, instance, namespace }: NamespacePlace): Promise<boolean> {
  const where = and(sql`${jobs.endedAt} is null`, sql`${jobs.data}->>'namespace' = ${namespace}`)
  const { total } = await listJobs(db, runType, { connection, instance, where, offset: 0, limit: 1 })
  return total > 0
}

/** Policies of a namespace that SWR runs without the console; throws when not all could be listed. */
async function schedulesOf(actor: Actor, { connection, instance, namespace }: NamespacePlace): Promise<number[]> {
  const params = { instance_id: instance }
  const { rows, complete, problem } = await fetchAllPages(
    async (query) => {
      const { retentions, total } = await requestSwr(actor, connection, 'retentionList', { params, query })
      return { rows: retentions, total }
    },
    { maxRows: maxPolicies },
  )
  if (!complete) throw new ProblemError(problem ?? { status: 502, code: 'swr_unreadable' })
  return rows.flatMap(({ id, ...policy }) =>
    policy.namespace_name === namespace && id !== undefined && runsByItself(policy) ? [id] : [],
  )
}

/**
 * Before an immutable tag rule lets go of anything: the schedules of its namespace are of a dry run that was decided on it, so they
 * are switched off first, each as a write of its own in the change log. If that fails, the rule stays as it is. While a real
 * run of the namespace is open nothing is let go: SWR reads these rules until it has deleted the last image.
 */
export async function guardImmutableRule({ db, actor, connection, params, was, now }: ImmutableChange): Promise<void> {
  // What cannot be read holds nothing for sure.
  if (!mayHoldLess(was, immutableRule.safeParse(now).data ?? null)) return
  const namespace = was.namespace_name ?? params.namespace_name ?? ''
  const at = { connection, instance: params.instance_id ?? '', namespace }
  if (await hasOpenRun(db, at)) throw new ProblemError({ status: 409, code: 'retention_run_open' })
  for (const id of await schedulesOf(actor, at)) {
    const place = { ...at, policy: id }
    const policy = await readPolicy(actor, place)
    if (!runsByItself(policy)) continue
    await requestSwr(actor, connection, 'retentionUpdate', {
      params: paramsOf(place),
      body: withEnabled(policy, false),
      ifMatch: policy.content_hash,
      reason: `Immutable tag rule ${was.id} of ${namespace} holds less`,
    })
  }
}
