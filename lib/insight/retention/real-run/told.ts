import 'server-only'
import { ProblemError, problemOf } from '../../../contract/problem'
import type { RetentionExecution } from '../../../contract/swr/retention-runs'
import { changeImages, imagesOf, insertImages, type RetentionImageRow } from '../../../db/retention-images'
import type { Db } from '../../../db/schema'
import { type JobContext, Later } from '../../../jobs/job'
import { parseTime } from '../../../policy/schedule/instant'
import { withRetry } from '../../partial-runs/retry'
import type { DecidedRow } from '../decided'
import { freshNamespace } from '../fresh-listing'
import { matchVerdicts } from '../match-verdicts'
import type { RetentionPlace } from '../place'
import { readVerdicts, type Verdicts } from '../verdicts'
import { keyOf } from './doomed'

/* What became of a run's images, by SWR's word and by what stands there afterwards. */

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

type Context = Pick<JobContext<unknown>, 'actor' | 'check' | 'store' | 'job'>

/** SWR's verdicts are known then: for so long after its end it is waited for a list of what stands. */
const giveUpMs = 3_600_000

/** Images of the namespace as it is listed now. What SWR does not list, or nobody may list, is not among them. */
interface Standing {
  readonly images: ReadonlySet<string>
  /** What is not among them does not stand. */
  readonly isWhole: boolean
  /** When it can be listed, perhaps. */
  readonly later: Later | null
}

async function standingNow(context: Context, place: RetentionPlace): Promise<Standing> {
  try {
    const { prepared, complete } = await withRetry(context, async () => {
      const listed = await freshNamespace(context.actor, place, place.namespace)
      if (listed.problem) throw new ProblemError(listed.problem)
      return listed
    })
    const all = prepared.images.repositories.flatMap(({ name, images }) =>
      images.map((image) => keyOf({ ...image, repository: `${place.namespace}/${name}` })),
    )
    return { images: new Set(all), isWhole: complete, later: null }
  } catch (error) {
    const later = error instanceof Later ? error : null
    if (!later && problemOf(error).code === 'unexpected') throw error
    return { images: new Set(), isWhole: false, later }
  }
}

/** Images of a run that change, under the version of what people see of it. */
export type Write = (change: (tx: Db, version: number) => Promise<void>) => Promise<void>

/** Whose images, and how they are written. */
interface Run {
  readonly id: number
  readonly write: Write
}

/** SWR's execution, as far as it has come. */
interface Told {
  readonly succeeded: boolean
  readonly known: readonly RetentionImageRow[]
  readonly verdicts: Verdicts
  readonly standing: Standing
}

/**
 * Enters what SWR says that it deleted. Kept is only what a list says that is whole, and what stands there afterwards: of a
 * repository that has not ended well, or that a run which has not leaves out, what is not named is unknown.
 */
async function keepVerdicts({ id, write }: Run, { succeeded, known, verdicts, standing }: Told): Promise<void> {
  const { tasks, allListed } = verdicts
  const rows = new Map(known.map((row) => [keyOf(row), row]))
  const listed = new Set(tasks.map(({ repository }) => repository))
  const isTold = (repository: string) => listed.has(repository) || (succeeded && allListed)
  const told = matchVerdicts(known.map(asDecided), tasks)
  const changes = told.flatMap(({ swr, ...image }) => {
    const row = rows.get(keyOf(image))
    if (!row) return []
    const isKept = swr === 'keep' || swr === 'immutable'
    const stands = standing.images.has(keyOf(image))
    return [
      {
        index: row.index,
        swr: isKept && !(stands && isTold(image.repository)) ? ('unknown' as const) : swr,
        // Brought back while SWR went on, and gone again.
        ...(row.restore === 'restored' && standing.isWhole && !stands && { restore: 'none' as const }),
      },
    ]
  })
  const next = Math.max(-1, ...known.map(({ index }) => index)) + 1
  // Nobody foresaw these: pushed so late that neither a dry run nor a copy has met them.
  const others = told
    .filter((image) => !rows.has(keyOf(image)) && (image.swr === 'delete' || image.swr === 'error'))
    .map((image, at) => ({ ...image, index: next + at, copyText: 'unforeseen' }))
  await write(async (tx, version) => {
    await changeImages(tx, id, version, changes)
    await insertImages(tx, id, version, others)
  })
}

/** A time that nobody can read counts as the job's. */
const mayWait = ({ job }: Context, { end_time: end }: RetentionExecution): boolean =>
  Date.now() - Math.max(job.at.getTime(), parseTime(end) ?? 0) < giveUpMs

/**
 * Reads what SWR says of its execution, as far as it has come, and enters it; `ended`: its row, once it has. Throws `Later`, with
 * the verdicts entered, where the namespace of one that has ended cannot be listed yet.
 */
export async function readAndKeep(
  context: Context,
  place: RetentionPlace,
  run: Run & { readonly execution: number },
  { succeeded, ended }: { readonly succeeded: boolean; readonly ended: RetentionExecution | null },
): Promise<Verdicts> {
  const verdicts = await readVerdicts(context, place, run.execution)
  // Read before the namespace: what is brought back while that is listed may be missing from the list.
  const known = await imagesOf(context.store.db, run.id)
  const standing = await standingNow(context, place)
  await keepVerdicts(run, { succeeded, known, verdicts, standing })
  if (standing.later && ended && mayWait(context, ended)) throw standing.later
  return verdicts
}
