import 'server-only'
import pMap from 'p-map'
import { oneByOne } from '../../concurrency'
import { consoleRoutes } from '../../contract/console/operations'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import { type JobContext, type JobKind, Later, Paused, type WorkResult } from '../../jobs/job'
import { log } from '../../net/log'
import { isFinished, runItem } from './item'
import type { PartialRunContext } from './retry'
import { type PartialRunData, partialRunType } from './store'

/** Parts at once, of all runs of an instance: each takes a policy of the quota while it lasts. */
const maxParallelItems = 3

/** Seconds until what could not be removed is tried again: each attempt is an entry in the audit log. */
const secondsToRemove = 600
/** Milliseconds after which what moves or could not be removed is left to people, who see it in the run. */
const giveUpMs = 12 * 3_600_000
/** Seconds for which nobody may have worked at a run before what has not begun of it is not begun any more. */
const secondsUntilForsaken = 3_600

/** Nobody expects copying to begin hours after it was asked for. With a policy it may have begun: nobody knows. */
const forsaken = (part: PartialRunItem): PartialRunItem =>
  isFinished(part) || part.execution !== null
    ? part
    : { ...part, state: part.policy === null ? 'not_started' : 'unclear', text: 'scope_interrupted' }

function contextOf(context: JobContext<PartialRunData>): PartialRunContext {
  const { job, save, check, permit, inSlot } = context
  const { policy: parent, token } = job.data
  const instance = job.instance ?? ''
  const deadline = job.at.getTime() + giveUpMs
  return {
    get actor() {
      return context.actor
    },
    connection: job.connection,
    instance,
    reason: `Part of partial run ${job.id} of ${parent.name ?? job.subject}`,
    token,
    parent,
    deadline,
    save,
    check,
    permit,
    inSlot: (work) =>
      inSlot(`scoped/${job.connection}/${instance}`, maxParallelItems, work, Math.max(0, deadline - Date.now()) / 1000),
    inTurn: oneByOne(),
    room: { isFull: false },
  }
}

async function work(context: JobContext<PartialRunData>): Promise<WorkResult> {
  const { job } = context
  const parts = context.idleSeconds > secondsUntilForsaken ? job.data.parts.map(forsaken) : job.data.parts
  job.data.parts = parts
  const inner = contextOf(context)
  const failures: unknown[] = []
  // One at a time would be slow; all at once would fill the quota.
  await pMap(
    parts.keys(),
    (index) => runItem(inner, parts, index).catch((error: unknown) => void failures.push(error)),
    { concurrency: maxParallelItems },
  )
  context.check()
  const paused = failures.find((error) => error instanceof Paused)
  if (paused) throw paused
  if (failures.length === 0 || Date.now() > inner.deadline) return 'ended'
  log.warn({ partialRun: job.id, parts: failures.length }, 'a partial run will be resumed later')
  return { again: Math.min(...failures.map((error) => (error instanceof Later ? error.seconds : secondsToRemove))) }
}

/** Copies parts of a policy; what a console that died has left unfinished is taken up where it stood. */
export const partialRunKind: JobKind<PartialRunData> = {
  ...partialRunType,
  role: consoleRoutes.partialRunStart,
  work,
}
