import 'server-only'
import { consoleRoutes } from '../../../contract/console/operations'
import { problemOf } from '../../../contract/problem'
import { imagesOf } from '../../../db/retention-images'
import { Interrupted, type JobKind, Later, Paused, Stopped, type WorkResult } from '../../../jobs/job'
import { outdateInventory } from '../../inventory/inventory'
import { copyToArchive, tidyUpCopies } from '../archive/copy'
import { isOver, type RunContext, type RunData, runType } from '../job-types'
import { deleteBySwr } from './delete'
import { placeOfRun, prepare } from './prepare'
import { Refused } from './refused'

/** How often a run that waits for a second admin looks whether its dry run is still young enough. */
const secondsBetweenLooks = 600
/** Copying takes a while, in which more may fall due: what was pushed meanwhile is copied as well, so often. */
const maxRounds = 4
/** Who passes by while SWR goes on failing takes the run up again; after so long it has failed. */
const giveUpMs = 3_600_000

async function waitForSecond(context: RunContext): Promise<WorkResult> {
  const leftMs = new Date(context.job.data.until).getTime() - Date.now()
  await context.permit()
  if (leftMs <= 0) throw new Refused('outdated', 'retention_not_armed')
  return { again: Math.min(secondsBetweenLooks, leftMs / 1000 + 1) }
}

/** Until each image that would go now has a copy, and nothing has changed since. */
async function copyAll(context: RunContext): Promise<void> {
  const { store, job } = context
  const { archive } = job.data
  for (let round = 0; round < maxRounds; round += 1) {
    // What a console that died was copying is brought to its end before anything is decided anew.
    const underWay = archive && (await imagesOf(store.db, job.id, { copy: ['copying'] })).length > 0
    if (!underWay) {
      await prepare(context)
      if (!archive || (await imagesOf(store.db, job.id, { copy: ['waiting'] })).length === 0) return
    }
    if (archive && !(await copyToArchive(context, archive))) throw new Refused('copy_failed')
  }
  // Something is pushed faster than it can be copied.
  throw new Refused('outdated')
}

/** Ends the run; of one that SWR was told to begin somebody may still find out more. */
async function end(context: RunContext, ended: Partial<RunData>): Promise<void> {
  const { job } = context
  Object.assign(job.data, ended)
  await context.save()
  if (job.data.mark) outdateInventory(placeOfRun(job))
}

async function tidyUp(context: RunContext): Promise<void> {
  const { archive, mark } = context.job.data
  if (archive && !mark) await tidyUpCopies(context, archive)
}

/** How it ends by what was thrown; null where somebody takes it up again. */
function endingOf(error: unknown, data: RunData, at: Date): Partial<RunData> | null {
  if (error instanceof Interrupted || error instanceof Paused) return null
  if (error instanceof Refused)
    return { state: 'refused', block: error.block, failure: error.failure, text: error.text }
  if (error instanceof Stopped) return { state: 'canceled' }
  if (error instanceof Later) {
    // Nobody lets go of a run that deletes, however long SWR cannot be asked.
    if (data.mark || Date.now() - at.getTime() < giveUpMs) return null
    return { state: 'failed', failure: 'swr_failed' }
  }
  const { code, swr } = problemOf(error)
  // Nobody foresaw it, and SWR may have been told.
  if (code === 'unexpected' && data.mark && data.execution === null) return { state: 'unknown', failure: code }
  return { state: 'failed', failure: code, text: swr?.message ?? '' }
}

async function work(context: RunContext): Promise<WorkResult> {
  const { job } = context
  const { data } = job
  if (isOver(data)) {
    await tidyUp(context)
    return 'ended'
  }
  try {
    if (data.state === 'waiting') {
      if (!data.confirmed) return await waitForSecond(context)
      data.state = 'checking'
    }
    if (!data.mark) {
      await context.permit()
      await copyAll(context)
    }
    await end(context, await deleteBySwr(context))
  } catch (error) {
    const ending = endingOf(error, data, new Date(data.confirmed?.at ?? job.at))
    if (!ending) throw error
    await end(context, ending)
    await tidyUp(context)
    if (ending.failure === 'unexpected') throw error
  }
  return 'ended'
}

/** Deletes by SWR's own run what a dry run has shown, after each image was copied; see docs/decisions/0035. */
export const realRunKind: JobKind<RunData> = { ...runType, role: consoleRoutes.retentionRunStart, work }
