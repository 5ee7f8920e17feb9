import 'server-only'
import type { AuditStore } from '../../audit/audit-store'
import type { Actor } from '../../contract/actor'
import type { Execution } from '../../contract/swr/replication'
import { maxPageSize } from '../../contract/vocabulary'
import type { Wish } from '../../policy/replication/retry'
import { countersOf } from '../../policy/runs/counters'
import { outcomeOf, readTagPhase } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import { requestSwr } from '../../swr/client'
import type { RunAt } from '../runs/find'
import { lookedAt } from '../runs/run'
import { listPartialRuns } from './store'

/* What was copied after a run had failed to: by runs of a part, and by later runs of the whole policy. */

export interface Copy {
  readonly at: string | null
  /** A later run of the policy, or null for a run of a part. */
  readonly execution: number | null
}

const keyOf = ({ repository, tag }: Wish) => `${repository}:${tag ?? '*'}`

/** Runs of a part that are gone through, and later runs of the policy that are read: the newest say the most. */
const maxPartialRuns = 2_000
const maxLaterRuns = 2
/** Reading a run takes a call for each of its repositories. */
const maxTasksOfLaterRun = 200

/** Keeps what is entered first. */
class Copies {
  private readonly all = new Map<string, Copy>()

  add(wish: Wish, copy: Copy) {
    const key = keyOf(wish)
    if (!this.all.has(key)) this.all.set(key, copy)
  }

  get(wish: Wish): Copy | undefined {
    return this.all.get(keyOf(wish))
  }
}

async function addPartialRuns({ db }: Pick<AuditStore, 'db'>, at: RunAt, since: number, into: Copies) {
  for (let offset = 0; offset < maxPartialRuns; offset += maxPageSize) {
    const { jobs: runs } = await listPartialRuns(db, { ...at, policyId: at.policy }, { offset, limit: maxPageSize })
    for (const run of runs) {
      // It may have begun for this very run whatever the clocks say.
      if (run.at.getTime() < since && run.data.executionId !== at.execution) continue
      const copy = { at: (run.endedAt ?? run.at).toISOString(), execution: null }
      for (const { repository, whole, state, results } of run.data.parts) {
        for (const { tag, phase } of results) if (phase === 'succeeded') into.add({ repository, tag }, copy)
        if (whole && state === 'succeeded') into.add({ repository, tag: null }, copy)
      }
    }
    if (runs.length < maxPageSize || runs.every((run) => run.at.getTime() < since)) return
  }
}

/** What a later run says that it copied is true, also where not all of it could be read. */
async function addLaterRuns(
  actor: Actor,
  store: Pick<AuditStore, 'db'>,
  at: RunAt,
  { since, into }: { since: number; into: Copies },
) {
  const { executions } = await requestSwr(actor, at.connection, 'executionList', {
    params: { instance_id: at.instance },
    query: { policy_id: at.policy, offset: 0, limit: maxPageSize },
  })
  const isLater = ({ id, created_at }: Execution) => id !== at.execution && (parseTime(created_at) ?? 0) > since
  const later = executions
    .filter((run) => isLater(run) && ['succeeded', 'partly_failed'].includes(outcomeOf(run)))
    .filter((run) => countersOf(run).total <= maxTasksOfLaterRun)
    .sort((a, b) => (parseTime(b.created_at) ?? 0) - (parseTime(a.created_at) ?? 0))
  for (const { id, updated_at } of later.slice(0, maxLaterRuns)) {
    if (id === undefined) continue
    const looked = await lookedAt(actor, store, { ...at, execution: id }).catch(() => null)
    const ended = parseTime(updated_at)
    const copy = { at: ended === null ? null : new Date(ended).toISOString(), execution: id }
    for (const { repository, tag, phase, act } of looked?.tags ?? [])
      if (phase === 'succeeded' && act === 'copy') into.add({ repository, tag }, copy)
    for (const { repository, status, act } of looked?.tasks ?? [])
      if (readTagPhase(status) === 'succeeded' && act === 'copy') into.add({ repository, tag: null }, copy)
  }
}

/** Finds what has copied a tag, or all of a repository, since the run `run` began. */
export async function copiedSince(
  actor: Actor,
  store: Pick<AuditStore, 'db'>,
  at: RunAt,
  run: Execution,
): Promise<(wish: Wish) => Copy | undefined> {
  const since = parseTime(run.created_at) ?? 0
  const copies = new Copies()
  await addPartialRuns(store, at, since, copies)
  // Without a time nobody knows what is later.
  if (since > 0) await addLaterRuns(actor, store, at, { since, into: copies }).catch(() => {})
  return (wish) => copies.get(wish)
}
