import 'server-only'
import { randomBytes } from 'node:crypto'
import type { ScopedPart, ScopedRun } from '../../contract/console/partial-runs'
import { type ProblemCode, ProblemError } from '../../contract/problem'
import type { Replication } from '../../contract/swr/replication'
import { ignoresFilters } from '../../contract/vocabulary'
import { addScopedRun, listScopedRuns, type ScopedAt, type ScopedRow } from '../../db/partial-runs'
import { selects } from '../../policy/pattern/policy-filter'
import { copiedBy, type Scope, scopedPolicy } from '../../policy/replication/partial'
import { remoteOf } from '../../policy/replication/request'
import { call } from '../../swr/client'
import type { AskedOwn, OwnHandlers } from '../handler'
import { runWith } from '../runs/run'
import { pause } from './retry'
import { roomFor } from './temporary-policy'
import { begin, newHolder } from './worker'

type Asked = Pick<AskedOwn<'scopedRunStart'>, 'actor' | 'known'>

/** Repositories at once: each costs SWR a policy, a run and a removal. */
const mostParts = 200

const refuse = (code: ProblemCode) => new ProblemError({ status: 409, code })

/** Milliseconds for which a run that is still being read is waited for. */
const patience = 20_000

/** Tags by repository, each once. */
function byRepository(named: Iterable<{ repository: string; tags: readonly string[] }>): Scope[] {
  const found = new Map<string, Set<string>>()
  for (const { repository, tags } of named) {
    const known = found.get(repository) ?? new Set()
    for (const tag of tags) known.add(tag)
    found.set(repository, known)
  }
  return [...found].map(([repository, tags]) => ({ repository, tags: [...tags].sort() }))
}

/** The failed tags of a run, by the same reading as its page: what could not be read there is not run again either. */
async function failedScope({ actor, known }: Asked, at: ScopedAt, execution: number): Promise<Scope[]> {
  const place = { connection: at.connection, instance: at.instance, policy: at.policyId, execution }
  const begun = Date.now()
  for (;;) {
    const { tags, unread } = await runWith(actor, known, place, { phase: 'failed' })
    if (!unread || Date.now() - begun > patience) {
      // What an earlier run of a part has copied by now did not fail any more.
      const { runs } = await listScopedRuns(known.db, at, { offset: 0, limit: 100, execution })
      const copied = copiedBy(runs)
      const failed = tags.filter(({ repository, tag }) => !copied.get(repository)?.has(tag))
      return byRepository(failed.map(({ repository, tag }) => ({ repository, tags: [tag] })))
    }
    await pause(1)
  }
}

const without = ({ tags, ...rest }: Scope, taken: (tag: string) => boolean): Scope => ({
  ...rest,
  tags: tags.filter((tag) => !taken(tag)),
})
const isFilled = ({ tags }: Scope) => tags.length > 0

/** What of it the policy takes: an operator may run a policy, not decide what it copies. */
function partedBy(policy: Replication, wanted: readonly Scope[]) {
  const { repository: takesRepository, tag: takesTag } = selects(policy)
  const takes = (repository: string) => (tag: string) => takesRepository(repository) && takesTag(tag)
  return {
    taken: wanted.map((each) => without(each, (tag) => !takes(each.repository)(tag))).filter(isFilled),
    left: wanted.map((each) => without(each, takes(each.repository))).filter(isFilled),
  }
}

/** Where in the request something stands that the policy does not take. */
function outside(policy: Replication, wanted: readonly Scope[]): Record<string, string> {
  const { repository: takesRepository, tag: takesTag } = selects(policy)
  const found = wanted.flatMap(({ repository, tags }, at) =>
    takesRepository(repository)
      ? tags.flatMap((tag, place) => (takesTag(tag) ? [] : [`body.scope.${at}.tags.${place}`]))
      : [`body.scope.${at}.repository`],
  )
  return Object.fromEntries(found.map((path) => [path, 'scope_outside']))
}

const partOf = ({ repository, tags }: Scope, state: ScopedPart['state'] = 'waiting', text = ''): ScopedPart => ({
  repository,
  tags: [...tags],
  policy: null,
  execution: null,
  state,
  text,
  results: [],
  removed: state !== 'waiting',
})

/** The parts of a run: those that are carried out first, then what of the wish cannot be. */
function partsOf(policy: Replication, wanted: readonly Scope[]): ScopedPart[] {
  const { taken, left } = partedBy(policy, wanted)
  const sayable = (part: Scope) => scopedPolicy(policy, part, 'x') !== null
  const parts = taken.filter(sayable)
  if (parts.length > mostParts) throw refuse('scope_impossible')
  if (parts.length === 0) throw refuse(taken.length > 0 ? 'scope_impossible' : 'scope_empty')
  return [
    ...parts.map((part) => partOf(part)),
    ...taken.filter((part) => !sayable(part)).map((part) => partOf(part, 'not_started', 'scope_impossible')),
    ...left.map((part) => partOf(part, 'not_selected')),
  ]
}

export const scopedRunOf = ({ id, policyId, executionId, at, endedAt, actorName, parts }: ScopedRow): ScopedRun => ({
  id,
  policy: policyId,
  execution: executionId,
  at: at.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  actorName,
  parts,
})

/** A part of it would very probably copy everything. A registry that cannot be read refuses the run, too. */
async function isUnfiltered(actor: Asked['actor'], { connection, instance }: ScopedAt, policy: Replication) {
  const { direction, registry } = remoteOf(policy)
  if (direction === 'push' || registry === undefined) return false
  const params = { instance_id: instance, registry_id: String(registry) }
  const { type } = await call(actor, connection, 'registryShow', { params })
  return ignoresFilters(direction, type)
}

const placeOf = (params: { connection: string; instance_id: string; policy_id: string }): ScopedAt => ({
  connection: params.connection,
  instance: params.instance_id,
  policyId: Number(params.policy_id),
})

export const scopedRunHandlers: OwnHandlers<'scopedRunStart' | 'scopedRunList'> = {
  async scopedRunStart({ actor, known, tell, params, body }) {
    const at = placeOf(params)
    const asked = { params: { instance_id: at.instance, policy_id: params.policy_id } }
    const { content_hash: _, ...policy } = await call(actor, at.connection, 'replicationShow', asked)
    tell({ objectName: policy.name })
    if ((body.execution === undefined) === (body.scope === undefined))
      throw new ProblemError({ status: 422, code: 'invalid_request', fields: { 'body.scope': 'required' } })
    // SWR refuses to run it as a whole, too.
    if (policy.enabled === false) throw refuse('policy_disabled')
    const shown = { ...policy, content_hash: '' }
    if (await isUnfiltered(actor, at, shown)) throw refuse('pull_unfiltered')
    const wanted = body.scope ?? (await failedScope({ actor, known }, at, body.execution ?? 0))
    tell({ after: { execution: body.execution, scope: wanted } })
    if (body.scope) {
      const fields = outside(shown, body.scope)
      if (Object.keys(fields).length > 0) throw new ProblemError({ status: 409, code: 'scope_outside', fields })
    }
    const parts = partsOf(shown, byRepository(wanted))
    // Refused before anything is made when there is no room; a quota that cannot be read refuses nothing.
    if ((await roomFor({ actor, ...at })) === 0) throw refuse('policy_quota_full')
    const run = await addScopedRun(known.db, {
      ...at,
      executionId: body.execution ?? null,
      actorId: actor.id,
      actorName: actor.email,
      role: actor.role,
      holder: newHolder(),
      token: randomBytes(6).toString('hex'),
      policy,
      parts,
    })
    if (!run) throw refuse('scope_running')
    begin(known, run)
    return { run: scopedRunOf(run) }
  },

  async scopedRunList({ known, params, query }) {
    const { runs, total } = await listScopedRuns(known.db, placeOf(params), query)
    return { total, runs: runs.map(scopedRunOf) }
  },
}
