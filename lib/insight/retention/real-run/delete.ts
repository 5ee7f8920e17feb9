import 'server-only'
import { problemOf } from '../../../contract/problem'
import type { RetentionExecution } from '../../../contract/swr/retention-runs'
import { type Lease, withLease } from '../../../db/lease'
import { changeImages, imagesOf, insertImages, type RetentionImageRow } from '../../../db/retention-images'
import { leaseKey } from '../../../db/revisions'
import { Later } from '../../../jobs/job'
import { leaseSeconds } from '../../../jobs/store'
import type { DecidedRow } from '../decided'
import { beginExecution, waitForEnd } from '../execution'
import type { RunContext, RunData } from '../job-types'
import { matchVerdicts } from '../match-verdicts'
import type { RetentionPlace } from '../place'
import { readVerdicts, type Verdicts } from '../verdicts'
import { keyOf } from './doomed'
import { placeOfRun, requireConfirmer, requireSameContent } from './prepare'

/* SWR's own run, which nobody can stop: begun once, watched to its end, and what it says is kept. */

const asDecided = ({
  repository,
  digest,
  tags,
  size,
  pushed,
  pulled,
  ours,
  rule,
  because,
  immutable,
}: RetentionImageRow): DecidedRow => ({
  repository,
  digest,
  tags,
  size,
  pushed: pushed?.getTime() ?? 0,
  pulled: pulled?.getTime() ?? 0,
  decision: ours,
  rule,
  because,
  immutable,
})

/**
 * What SWR says that it deleted. Where its list is cut, or the run has not succeeded and leaves out a repository, what it does
 * not name is unknown.
 */
async function keepVerdicts(context: RunContext, { tasks, complete }: Verdicts, succeeded: boolean): Promise<void> {
  const { store, job } = context
  const known = await imagesOf(store.db, job.id)
  const indexes = new Map(known.map((row) => [keyOf(row), row.index]))
  const listed = new Set(tasks.map(({ repository }) => repository))
  const isTold = (repository: string) => complete && (succeeded || listed.has(repository))
  const told = matchVerdicts(known.map(asDecided), tasks)
  const changes = told.flatMap(({ swr, ...image }) => {
    const index = indexes.get(keyOf(image))
    if (index === undefined) return []
    return [{ index, swr: swr === 'keep' && !isTold(image.repository) ? ('unknown' as const) : swr }]
  })
  const next = Math.max(-1, ...known.map(({ index }) => index)) + 1
  // Nobody foresaw these: pushed so late that neither a dry run nor a copy has met them.
  const others = told
    .filter((image) => !indexes.has(keyOf(image)) && (image.swr === 'delete' || image.swr === 'error'))
    .map((image, at) => ({ ...image, index: next + at, copyText: 'unforeseen' }))
  await context.change(async (tx, version) => {
    await changeImages(tx, job.id, version, changes)
    await insertImages(tx, job.id, version, others)
  })
}

async function readAndKeep(context: RunContext, execution: number, succeeded: boolean): Promise<Verdicts> {
  const verdicts = await readVerdicts(context, placeOfRun(context.job), execution)
  await keepVerdicts(context, verdicts, succeeded)
  return verdicts
}

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
  const end = await waitForEnd(context, place, execution, { stoppable: false })
  if (end.kind === 'hanging') {
    const verdicts = await readAndKeep(context, execution, false).catch(goOnWithout)
    return { state: 'failed', failure: 'retention_hanging', text: wordsOf(end.row, verdicts?.reasons) }
  }
  const { complete, reasons } = await readAndKeep(context, execution, end.succeeded)
  if (!end.succeeded) return { state: 'failed', failure: 'swr_failed', text: wordsOf(end.row, reasons) }
  return { state: 'done', failure: complete ? null : 'retention_cut', text: reasons.join('\n') }
}

/** How SWR says it ended, and why, a line each. */
const wordsOf = (row: RetentionExecution | null, reasons: readonly string[] = []) =>
  [row?.status ?? '', ...reasons].filter((words) => words !== '').join('\n')

/** What a run that hangs has deleted so far is worth knowing, and not worth waiting for. */
function goOnWithout(error: unknown): void {
  if (!(error instanceof Later) && problemOf(error).code === 'unexpected') throw error
}
