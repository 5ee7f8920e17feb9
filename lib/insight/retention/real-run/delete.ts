import 'server-only'
import { problemOf } from '../../../contract/problem'
import { type Lease, withLease } from '../../../db/lease'
import { leaseKey } from '../../../db/revisions'
import { Later } from '../../../jobs/job'
import { leaseSeconds } from '../../../jobs/store'
import { beginExecution, waitForEnd } from '../execution'
import type { RunContext, RunData } from '../job-types'
import type { RetentionPlace } from '../place'
import { endingOf, wordsOf } from './ending'
import { placeOfRun, requireConfirmer, requireSameContent } from './prepare'
import { readAndKeep } from './told'
import { watchOn } from './watch'

/* SWR's own run, which nobody can stop: begun once, watched to its end, and what it says is kept. */

/** When a run is taken up again, and all is looked at anew, after it has waited in vain for who writes its policy. */
const secondsAfterBusy = 5

/** SWR runs what it has saved when it begins: from the last look at that until SWR was told, nobody writes it here. */
async function begin(context: RunContext, place: RetentionPlace): Promise<number | null> {
  const { store, job } = context
  const start = (hold: Lease) =>
    beginExecution(context, place, {
      dryRun: false,
      check: async () => {
        await requireSameContent(context, place)
        await requireConfirmer(context)
        await hold()
      },
      state: 'deleting',
    })
  if (job.data.mark) return await start(async () => {})
  const key = leaseKey({ ...place, kind: 'retention', objectId: String(place.policy) })
  try {
    return await withLease(store.db, key, leaseSeconds, start)
  } catch (error) {
    throw problemOf(error).code === 'busy_here' ? new Later(secondsAfterBusy) : error
  }
}

/** Begins it, unless that was done before, and answers how the job ends. */
export async function deleteBySwr(context: RunContext): Promise<Partial<RunData>> {
  const place = placeOfRun(context.job)
  const execution = await begin(context, place)
  if (execution === null) return { state: 'unknown' }
  const run = { id: context.job.id, execution, write: context.change }
  const end = await waitForEnd(context, place, execution, { stoppable: false })
  if (end.kind === 'ended') {
    const { row: ended, succeeded } = end
    return endingOf(ended, succeeded, await readAndKeep(context, place, run, { succeeded, ended }))
  }
  const verdicts = await readAndKeep(context, place, run, { succeeded: false, ended: null }).catch(goOnWithout)
  await watchOn(context)
  return { state: 'failed', failure: 'retention_hanging', text: wordsOf(end.row, verdicts?.reasons) }
}

/** What a run that hangs has deleted so far is worth knowing, and not worth waiting for. */
function goOnWithout(error: unknown): void {
  if (!(error instanceof Later) && problemOf(error).code === 'unexpected') throw error
}
