import 'server-only'
import { consoleRoutes } from '../../contract/console/operations'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import type { JobContext, JobKind, WorkResult } from '../../jobs/job'
import { log } from '../../net/log'
import { isFinished } from './item'
import { runParts } from './run-parts'
import { type PartialRunData, partialRunType } from './store'

/** Milliseconds after which what moves or could not be removed is left to people, who see it in the run. */
const giveUpMs = 12 * 3_600_000
/** Seconds for which nobody may have worked at a run before what has not begun of it is not begun any more. */
const secondsUntilForsaken = 3_600

/** Nobody expects copying to begin hours after it was asked for. With a policy it may have begun: nobody knows. */
const forsaken = (part: PartialRunItem): PartialRunItem =>
  isFinished(part) || part.execution !== null
    ? part
    : { ...part, state: part.policy === null ? 'not_started' : 'unclear', text: 'scope_interrupted' }

async function work(context: JobContext<PartialRunData>): Promise<WorkResult> {
  const { job } = context
  const { data } = job
  if (context.idleSeconds > secondsUntilForsaken) data.parts = data.parts.map(forsaken)
  const again = await runParts(context, {
    token: data.token,
    parent: data.policy,
    parts: data.parts,
    reason: `Part of partial run ${job.id} of ${data.policy.name ?? job.subject}`,
    deadline: job.at.getTime() + giveUpMs,
  })
  if (again === null) return 'ended'
  log.warn({ partialRun: job.id, seconds: again }, 'a partial run will be resumed later')
  return { again }
}

/** Copies parts of a policy; what a console that died has left unfinished is taken up where it stood. */
export const partialRunKind: JobKind<PartialRunData> = {
  ...partialRunType,
  role: consoleRoutes.partialRunStart,
  work,
}
