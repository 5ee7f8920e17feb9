import 'server-only'
import { consoleRoutes } from '../../../contract/console/operations'
import { problemOf } from '../../../contract/problem'
import { clearImages, insertImages, type NewImage } from '../../../db/retention-images'
import { Interrupted, type JobContext, type JobKind, Later, Paused, Stopped, type WorkResult } from '../../../jobs/job'
import { inUseOf } from '../../in-use/in-use'
import { withRetry } from '../../partial-runs/retry'
import { retentionContentHash } from '../content-hash'
import { type DecidedNamespace, type DecidedRow, decideNamespace } from '../decided'
import { beginExecution, waitForEnd } from '../execution'
import { immutableHashOf } from '../immutable-rules'
import { type DryRunData, dryRunType } from '../job-types'
import { matchVerdicts } from '../match-verdicts'
import { type RetentionPlace, readPolicy } from '../place'
import { readVerdicts, type Verdicts } from '../verdicts'
import { warningsOfDryRun } from './warnings'

type Context = JobContext<DryRunData>

/** Ends the dry run as failed, with a problem's code or one of its own, and SWR's words. */
class Failed extends Error {
  constructor(
    readonly failure: string,
    readonly text = '',
  ) {
    super(failure)
  }
}

const placeOf = ({ connection, instance, subject, data }: Context['job']): RetentionPlace => ({
  connection,
  instance: instance ?? '',
  namespace: data.namespace,
  policy: Number(subject),
})

/** Who passes by while SWR goes on failing takes the job up again; after so long it has failed. */
const giveUpMs = 3_600_000

async function clustersOf({ store, job }: Context, rows: readonly DecidedRow[]) {
  const { byImage } = await inUseOf(store.db, job.connection, [...rows])
  const clusters = new Map(rows.map((row, index) => [row, byImage[index] ?? []]))
  return (row: DecidedRow) => clusters.get(row) ?? []
}

/** The saved rules must be those that were decided: SWR runs what it has saved when it begins. */
async function requireSameContent(context: Context, place: RetentionPlace): Promise<void> {
  const policy = await readPolicy(context.actor, place)
  if (retentionContentHash(policy) !== context.job.data.content) throw new Failed('changed')
}

/** SWR's own run of it, from beginning to end. */
async function askSwr(context: Context, place: RetentionPlace): Promise<Verdicts> {
  const execution = await beginExecution(context, place, { dryRun: true })
  if (execution === null) throw new Failed('swr_broke_off')
  const end = await waitForEnd(context, place, execution, { stoppable: true })
  if (end.kind === 'hanging') throw new Failed('hanging', end.row?.status)
  if (!end.succeeded) throw new Failed('swr_failed', end.row.status)
  const verdicts = await readVerdicts(context, place, execution)
  const failed = verdicts.tasks.find((task) => task.failed)
  if (failed) throw new Failed('swr_failed', failed.repository)
  if (!verdicts.complete) throw new Failed('cut')
  return verdicts
}

async function decide(context: Context, place: RetentionPlace): Promise<DecidedNamespace> {
  const { policy, namespace } = context.job.data
  const decided = await decideNamespace(context.actor, place, namespace, policy, { now: new Date(), fresh: true })
  if (decided.problem) throw new Failed(decided.problem.code)
  if (!decided.complete) throw new Failed('cut')
  return decided
}

async function verdictsOf(context: Context): Promise<NewImage[]> {
  const place = placeOf(context.job)
  await requireSameContent(context, place)
  const immutableNow = () => withRetry(context, () => immutableHashOf(context.actor, place))
  // Saved with the mark: who takes it up later must not take newer rules for those that SWR has decided on.
  if (!context.job.data.mark) context.job.data.immutable = await immutableNow()
  // At the same time: what both say is of the same images.
  const [swr, ours] = await Promise.allSettled([askSwr(context, place), decide(context, place)])
  if (swr.status === 'rejected') throw swr.reason
  if (ours.status === 'rejected') throw ours.reason
  await requireSameContent(context, place)
  if ((await immutableNow()) !== context.job.data.immutable) throw new Failed('changed')
  context.job.data.repositories = swr.value.tasks.length
  const { images } = ours.value
  const inUse = await clustersOf(context, images)
  return matchVerdicts(images, swr.value.tasks, inUse)
}

/** Rows of one transaction: PGlite lets nobody else in until that ends. */
const rowsAtOnce = 2_000

/** They count once the dry run is done: what one that broke off has entered is entered anew. */
async function enter(context: Context, images: readonly NewImage[]): Promise<void> {
  const { id } = context.job
  await context.change((tx) => clearImages(tx, id))
  for (let from = 0; from < images.length; from += rowsAtOnce)
    await context.change((tx, version) => insertImages(tx, id, version, images.slice(from, from + rowsAtOnce)))
}

/** What a job does not end by: it is taken up again, or by somebody else. */
const isPassing = (error: unknown) =>
  error instanceof Interrupted || error instanceof Paused || error instanceof Stopped

function failureOf(error: unknown): { failure: string; text: string } {
  if (error instanceof Failed) return { failure: error.failure, text: error.text }
  if (error instanceof Later) return { failure: 'swr_failed', text: '' }
  const { code, swr } = problemOf(error)
  return { failure: code, text: swr?.message ?? '' }
}

async function work(context: Context): Promise<WorkResult> {
  const { job } = context
  if (job.data.state !== 'running') return 'ended'
  try {
    const images = await verdictsOf(context)
    await enter(context, images)
    job.data.warnings = warningsOfDryRun(job.data.policy.rules, images)
    job.data.state = 'done'
    await context.save()
  } catch (error) {
    if (isPassing(error)) throw error
    if (error instanceof Later && Date.now() - job.at.getTime() < giveUpMs) throw error
    Object.assign(job.data, { state: 'failed', ...failureOf(error) })
    await context.save()
    if (problemOf(error).code === 'unexpected' && !(error instanceof Failed) && !(error instanceof Later)) throw error
  }
  return 'ended'
}

/** SWR's verdicts of the saved rules beside the console's own, one row for each image. */
export const dryRunKind: JobKind<DryRunData> = {
  ...dryRunType,
  role: consoleRoutes.retentionDryRunStart,
  work,
}
