import 'server-only'
import { randomBytes } from 'node:crypto'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import { type ProblemCode, ProblemError } from '../../contract/problem'
import type { Replication } from '../../contract/swr/replication'
import { ignoresFilters } from '../../contract/vocabulary'
import { startJob } from '../../jobs/runner'
import { showJob, stopJob } from '../../jobs/store'
import { policyMatches } from '../../policy/pattern/policy-filter'
import type { Scope } from '../../policy/replication/partial'
import { remoteOf } from '../../policy/replication/request'
import { type Divided, divide, type Left, type Wish } from '../../policy/replication/retry'
import { requestSwr } from '../../swr/client'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { sleep } from './retry'
import { planOf } from './retry-plan'
import {
  insertPartialRun,
  isOfPolicy,
  listPartialRuns,
  type PartialRunKey,
  partialRunType,
  toPartialRun,
} from './store'
import { quotaLeft } from './temporary-policy'

type Asked = Pick<ConsoleRequest<'partialRunStart'>, 'actor' | 'known'>

/** Repositories at once: each costs SWR a policy, a run and a removal. */
const maxParts = 200

const refuse = (code: ProblemCode) => new ProblemError({ status: 409, code })

/** Milliseconds for which a run that is still being read is waited for. */
const maxWaitMs = 20_000

/** What failed in a run, by the same reading as its page: what could not be read there is not run again either. */
async function failedIn(
  { actor, known }: Asked,
  at: PartialRunKey,
  execution: number,
  policy: Replication,
): Promise<Divided> {
  const place = { connection: at.connection, instance: at.instance, policy: at.policyId, execution }
  const begun = Date.now()
  for (;;) {
    const { again, left, looked } = await planOf(actor, known, place, policy)
    if (!looked.unread || Date.now() - begun > maxWaitMs) return { again, left }
    await sleep(1)
  }
}

const wishesOf = (scope: readonly Scope[]) =>
  scope.flatMap(({ repository, tags, whole }): Wish[] =>
    whole ? [{ repository, tag: null }] : tags.map((tag) => ({ repository, tag })),
  )

/** Where in the request something stands that the policy does not take. */
function outside(policy: Replication, wanted: readonly Scope[]): Record<string, string> {
  const { repository: takesRepository, tag: takesTag } = policyMatches(policy)
  const found = wanted.flatMap(({ repository, tags }, index) =>
    takesRepository(repository)
      ? tags.flatMap((tag, place) => (takesTag(tag) ? [] : [`body.scope.${index}.tags.${place}`]))
      : [`body.scope.${index}.repository`],
  )
  return Object.fromEntries(found.map((path) => [path, 'scope_outside']))
}

const partOf = (
  { repository, tags, whole }: Scope,
  state: PartialRunItem['state'] = 'waiting',
  text = '',
): PartialRunItem => ({
  repository,
  tags: [...tags],
  ...(whole && { whole }),
  policy: null,
  execution: null,
  state,
  text,
  results: [],
  removed: state !== 'waiting',
})

/** What is left out, by repository and reason. A deletion is no part of a copy. */
function leftOut(left: readonly Left[]): PartialRunItem[] {
  const parts = new Map<string, PartialRunItem>()
  for (const { repository, tag, reason } of left) {
    if (reason === 'deletion') continue
    const key = `${reason} ${repository}`
    const state = reason === 'outside' ? 'not_selected' : 'not_started'
    const part = parts.get(key) ?? partOf({ repository, tags: [] }, state, reason === 'outside' ? '' : reason)
    if (tag) part.tags.push(tag)
    parts.set(key, part)
  }
  return [...parts.values()]
}

/** The parts of a run: those that are carried out first, then what of the wish cannot be. */
function partsOf({ again, left }: Divided): PartialRunItem[] {
  const isOutside = left.every(({ reason }) => reason === 'outside' || reason === 'deletion')
  if (again.length === 0) throw refuse(isOutside ? 'scope_empty' : 'scope_impossible')
  if (again.length > maxParts) throw refuse('scope_impossible')
  return [...again.map((part) => partOf(part)), ...leftOut(left)]
}

/** A part of it would very probably copy everything. A registry that cannot be read refuses the run, too. */
async function isUnfiltered(actor: Asked['actor'], { connection, instance }: PartialRunKey, policy: Replication) {
  const { direction, registry } = remoteOf(policy)
  if (direction === 'push' || registry === undefined) return false
  const params = { instance_id: instance, registry_id: String(registry) }
  const { type } = await requestSwr(actor, connection, 'registryShow', { params })
  return ignoresFilters(direction, type)
}

const placeOf = (params: { connection: string; instance_id: string; policy_id: string }): PartialRunKey => ({
  connection: params.connection,
  instance: params.instance_id,
  policyId: Number(params.policy_id),
})

export const partialRunHandlers: ConsoleHandlers<'partialRunStart' | 'partialRunCancel' | 'partialRunList'> = {
  async partialRunStart({ actor, known, tell, params, body }) {
    const at = placeOf(params)
    const asked = { params: { instance_id: at.instance, policy_id: params.policy_id } }
    const { content_hash: _, ...policy } = await requestSwr(actor, at.connection, 'replicationShow', asked)
    tell({ objectName: policy.name })
    if ((body.execution === undefined) === (body.scope === undefined))
      throw new ProblemError({ status: 422, code: 'invalid_request', fields: { 'body.scope': 'required' } })
    // SWR refuses to run it as a whole, too.
    if (policy.enabled === false) throw refuse('policy_disabled')
    const shown = { ...policy, content_hash: '' }
    if (await isUnfiltered(actor, at, shown)) throw refuse('pull_unfiltered')
    const wanted = body.scope
      ? divide(shown, wishesOf(body.scope))
      : await failedIn({ actor, known }, at, body.execution ?? 0, shown)
    tell({ after: { execution: body.execution, scope: body.scope ?? wanted.again } })
    if (body.scope) {
      const fields = outside(shown, body.scope)
      if (Object.keys(fields).length > 0) throw new ProblemError({ status: 409, code: 'scope_outside', fields })
    }
    const parts = partsOf(wanted)
    // Refused before anything is made when there is no room; a quota that cannot be read refuses nothing.
    if ((await quotaLeft({ actor, ...at })) === 0) throw refuse('policy_quota_full')
    const run = await insertPartialRun(known.db, {
      ...at,
      executionId: body.execution ?? null,
      actorId: actor.id,
      actorName: actor.email,
      role: actor.role,
      token: randomBytes(6).toString('hex'),
      policy,
      parts,
    })
    if (run === 'policy_busy') throw refuse('scope_running')
    if (run === 'person_busy') throw refuse('scope_person_busy')
    startJob(known, run)
    return { run: toPartialRun(run) }
  },

  async partialRunCancel({ actor, known, tell, params }) {
    const id = Number(params.partial_run_id)
    const found = await showJob(known.db, partialRunType, id)
    const isThere = found && isOfPolicy(found, placeOf(params))
    const stop = { reason: 'cancelled', name: actor.email } as const
    const run = isThere ? await stopJob(known.db, partialRunType, id, stop) : null
    if (!run) throw new ProblemError({ status: 404, code: 'job_unknown' })
    tell({ objectName: run.data.policy.name, after: { run: id } })
    return { run: toPartialRun(run) }
  },

  async partialRunList({ known, params, query }) {
    const { jobs, total } = await listPartialRuns(known.db, placeOf(params), query)
    return { total, runs: jobs.map(toPartialRun) }
  },
}
