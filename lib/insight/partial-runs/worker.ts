import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import pMap from 'p-map'
import type { AuditStore } from '../../audit/audit-store'
import { consoleRoutes } from '../../contract/console/operations'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import { allows, roles } from '../../contract/roles'
import { swrSchemas } from '../../contract/swr/schemas'
import { systemActor } from '../../contract/system-actor'
import { withAnyLease } from '../../db/lease'
import {
  cancelPartialRunRow,
  claimAbandonedPartialRun,
  leasePartialRun,
  leaseSeconds,
  type PartialRunRow,
  standingOf,
  updatePartialRun,
} from '../../db/partial-runs'
import { log } from '../../net/log'
import { isFinished, runItem } from './item'
import { Interrupted, Later, type PartialRunContext, Stopped } from './retry'

/** Parts at once, of all runs of an instance: each takes a policy of the quota while it lasts. */
const maxParallelItems = 3
/** Each console that waits for a place looks so often. */
const slotPollMs = 1_000
const slotSeconds = 30

/** Seconds until what could not be removed is tried again: each attempt is an entry in the audit log. */
const secondsToRemove = 600
/** Milliseconds after which what moves or could not be removed is left to people, who see it in the run. */
const giveUpMs = 12 * 3_600_000

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error)

/** Works one after the other, in the order in which they were given. */
function oneByOne() {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work, work)
    last = done.catch(() => {})
    return done
  }
}

/** Holds the run as long as this process works at it, however long SWR takes for an answer. */
function holding({ db }: Pick<AuditStore, 'db'>, run: PartialRunRow) {
  let isLost = false
  const inOrder = oneByOne()
  const kept = async (write: () => Promise<boolean>) => {
    const isOurs = await inOrder(write).catch((error: unknown) => {
      log.error({ partialRun: run.id, error: nameOf(error) }, 'a partial run could not be saved')
      return false
    })
    if (!isOurs) isLost = true
    if (isLost) throw new Interrupted()
  }
  const beat = setInterval(
    () => {
      kept(() => leasePartialRun(db, run)).catch(() => {})
    },
    (leaseSeconds / 3) * 1000,
  )
  beat.unref()
  return {
    check: () => {
      if (isLost) throw new Interrupted()
    },
    // What stands in the run when its turn comes, so that an older state never overtakes a newer one.
    save: () => kept(() => updatePartialRun(db, run, { ended: false })),
    end: (ended: boolean, seconds?: number) => {
      clearInterval(beat)
      return kept(() => updatePartialRun(db, run, { ended, seconds }))
    },
    release: () => clearInterval(beat),
  }
}

/** Who acts for a run: the person who started it, as long as they may. */
function standing({ db }: Pick<AuditStore, 'db'>, run: PartialRunRow) {
  const role = roles.find((each) => each === run.role) ?? 'viewer'
  let actor: PartialRunContext['actor'] = { id: run.actorId, email: run.actorName, name: run.actorName, role }
  return {
    actor: () => actor,
    permit: async () => {
      const { stopped, role: now } = await standingOf(db, run)
      const current = roles.find((each) => each === now)
      if (!stopped && current && allows(current, consoleRoutes.partialRunStart)) return
      actor = systemActor
      if (stopped) throw new Stopped(stopped.reason)
      await cancelPartialRunRow(db, run, { reason: 'right_lost', name: run.actorName })
      throw new Stopped('right_lost')
    },
  }
}

/** Carries a run out to its end, or until somebody else does. What is left behind is taken up by `resumeRuns`. */
export async function runWorker(store: Pick<AuditStore, 'db'>, run: PartialRunRow): Promise<void> {
  const parent = swrSchemas.replicationShow.response.parse(run.policy)
  const { actor, permit } = standing(store, run)
  const hold = holding(store, run)
  const deadline = run.at.getTime() + giveUpMs
  const context: PartialRunContext = {
    get actor() {
      return actor()
    },
    connection: run.connection,
    instance: run.instance,
    reason: `Part of partial run ${run.id} of ${parent.name ?? run.policyId}`,
    token: run.token,
    parent,
    deadline,
    save: hold.save,
    check: hold.check,
    permit,
    inSlot: (work) =>
      withAnyLease(
        store.db,
        Array.from({ length: maxParallelItems }, (_, slot) => `scoped/${run.connection}/${run.instance}/${slot}`),
        {
          seconds: slotSeconds,
          patienceSeconds: Math.max(0, deadline - Date.now()) / 1000,
          pause: () => setTimeout(slotPollMs),
          mayTry: async () => {
            hold.check()
            await permit()
            return true
          },
        },
        work,
      ),
    inTurn: oneByOne(),
    room: { isFull: false },
  }
  const failures: unknown[] = []
  try {
    // One at a time would be slow; all at once would fill the quota.
    await pMap(
      run.parts.keys(),
      (index) => runItem(context, run.parts, index).catch((error: unknown) => void failures.push(error)),
      { concurrency: maxParallelItems },
    )
    hold.check()
    if (failures.length === 0 || Date.now() > deadline) return await hold.end(true)
    log.warn({ partialRun: run.id, parts: failures.length }, 'a partial run will be resumed later')
    const waits = failures.map((error) => (error instanceof Later ? error.seconds : secondsToRemove))
    await hold.end(false, Math.min(...waits))
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  } finally {
    hold.release()
  }
}

/** Begins to carry a run out, without anybody waiting for it. */
export function startWorker(store: Pick<AuditStore, 'db'>, run: PartialRunRow): void {
  runWorker(store, run).catch((error: unknown) => {
    log.error({ partialRun: run.id, error: nameOf(error) }, 'a partial run broke off and will be resumed')
  })
}

export const newWorkerId = (): string => randomUUID()

/** Nobody expects copying to begin hours after it was asked for. With a policy it may have begun: nobody knows. */
const forsaken = (part: PartialRunItem): PartialRunItem =>
  isFinished(part) || part.execution !== null
    ? part
    : { ...part, state: part.policy === null ? 'not_started' : 'unclear', text: 'scope_interrupted' }

/** Takes up what a console that died, or gave up for now, has left unfinished. */
export async function resumeRuns(store: Pick<AuditStore, 'db'>): Promise<void> {
  for (;;) {
    const taken = await claimAbandonedPartialRun(store.db, newWorkerId())
    if (!taken) return
    const { run, isForsaken } = taken
    if (isForsaken) run.parts = run.parts.map(forsaken)
    startWorker(store, run)
  }
}

/** From the start of the console on, as long as it lives. */
export async function startRunRecovery(store: Pick<AuditStore, 'db'>): Promise<never> {
  for (;;) {
    await resumeRuns(store).catch((error: unknown) => {
      log.error({ error: nameOf(error) }, 'partial runs could not be looked for')
    })
    await setTimeout((leaseSeconds / 2) * 1000, undefined, { ref: false })
  }
}
