import 'server-only'
import type { AuditStore } from '../audit/audit-store'
import { log } from '../net/log'
import { closing, nextEvent, wakeAfter, wanted } from './events'
import { forgetFailures, noteFailure } from './failures'
import { type Hold, nameOf } from './hold'
import { Interrupted, type JobContext, type JobKind, Later, Paused, Stopped } from './job'
import { inSlot } from './slots'
import { Standing } from './standing'

const closingSleepMs = 200

interface Terms {
  readonly idleSeconds: number
  /** True once this console is told to stop. */
  readonly isClosing: () => boolean
}

function contextOf<Data>(
  store: AuditStore,
  kind: JobKind<Data>,
  hold: Hold<Data>,
  { idleSeconds, isClosing }: Terms,
): JobContext<Data> {
  const standing = new Standing(store.db, kind, hold, isClosing)
  const { job } = hold
  const permit = () => standing.permit()
  return {
    store,
    job,
    get actor() {
      return standing.actor
    },
    idleSeconds,
    check: () => hold.check(),
    permit,
    sleep: (seconds) => {
      const ms = seconds * 1000
      // Still a little: who sleeps between looks must not look without end.
      return isClosing() ? nextEvent([], Math.min(ms, closingSleepMs)) : nextEvent([wanted(job.id), closing], ms)
    },
    save: () => hold.save(async () => {}),
    change: (write) => hold.save(write),
    holds: (tx) => hold.holds(tx),
    inSlot: (keyPrefix, slots, work, patienceSeconds = Number.POSITIVE_INFINITY) =>
      inSlot(store.db, job, { keyPrefix, slots, patienceSeconds, permit }, work),
  }
}

/** Until it has ended, or is to be taken up again; the seconds until then, null when it has ended. */
async function workToEnd<Data>(kind: JobKind<Data>, context: JobContext<Data>, hold: Hold<Data>) {
  for (;;) {
    const result = await kind.work(context).catch((error: unknown) => {
      // What was made is tidied up before it gets here.
      if (error instanceof Stopped) return 'ended' as const
      if (error instanceof Paused) return { again: 0 }
      if (error instanceof Later) return { again: error.seconds }
      throw error
    })
    if (result !== 'ended') return result.again
    if (await hold.end()) return null
    await hold.refresh()
  }
}

/** Carries a job out to its end, or until somebody else does, or it has to wait. Throws nothing. */
export async function carryOut<Data>(
  store: AuditStore,
  kind: JobKind<Data>,
  hold: Hold<Data>,
  terms: Terms,
): Promise<void> {
  const { id, kind: name } = hold.job
  try {
    const work = workToEnd(kind, contextOf(store, kind, hold, terms), hold)
    const again = await work.then(
      (seconds) => {
        forgetFailures(id)
        return seconds
      },
      (error: unknown) => {
        if (error instanceof Interrupted) throw error
        const seconds = noteFailure(id)
        log.error({ job: id, kind: name, error: nameOf(error), seconds }, 'a job broke off and will be resumed')
        return seconds
      },
    )
    if (again === null) return
    await hold.letGo(again)
    wakeAfter(again)
  } catch (error) {
    if (!(error instanceof Interrupted)) log.error({ job: id, kind: name, error: nameOf(error) }, 'a job was lost')
  } finally {
    hold.release()
  }
}
