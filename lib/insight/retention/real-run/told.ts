import 'server-only'
import { ProblemError, problemOf } from '../../../contract/problem'
import { changeImages, imagesOf, insertImages, type RetentionImageRow } from '../../../db/retention-images'
import type { Db } from '../../../db/schema'
import { type JobContext, Later } from '../../../jobs/job'
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

type Context = Pick<JobContext<unknown>, 'actor' | 'check' | 'store'>

/** Images of the namespace as it is listed now. What SWR does not list, or nobody may list, is not among them. */
async function standingNow(context: Context, place: RetentionPlace): Promise<ReadonlySet<string>> {
  try {
    const { prepared } = await withRetry(context, async () => {
      const listed = await freshNamespace(context.actor, place, place.namespace)
      if (listed.problem) throw new ProblemError(listed.problem)
      return listed
    })
    const all = prepared.images.repositories.flatMap(({ name, images }) =>
      images.map((image) => keyOf({ ...image, repository: `${place.namespace}/${name}` })),
    )
    return new Set(all)
  } catch (error) {
    if (error instanceof Later || problemOf(error).code === 'unexpected') throw error
    return new Set()
  }
}

/** Images of a run that change, under the version of what people see of it. */
export type Write = (change: (tx: Db, version: number) => Promise<void>) => Promise<void>

/** Whose images, and how they are written. */
interface Run {
  readonly id: number
  readonly write: Write
}

/**
 * Enters what SWR says that it deleted. Kept is only what a list says that is whole, and what stands there afterwards: of a
 * repository that has not ended well, or that a run which has not leaves out, what is not named is unknown.
 */
async function keepVerdicts(
  context: Context,
  { id, write }: Run,
  { tasks, allListed }: Verdicts,
  { succeeded, standing }: { readonly succeeded: boolean; readonly standing: ReadonlySet<string> },
): Promise<void> {
  const known = await imagesOf(context.store.db, id)
  const rows = new Map(known.map((row) => [keyOf(row), row]))
  const listed = new Set(tasks.map(({ repository }) => repository))
  const isTold = (repository: string) => listed.has(repository) || (succeeded && allListed)
  const told = matchVerdicts(known.map(asDecided), tasks)
  const changes = told.flatMap(({ swr, ...image }) => {
    const row = rows.get(keyOf(image))
    if (!row) return []
    const isKept = swr === 'keep' || swr === 'immutable'
    const isGone = !standing.has(keyOf(image))
    return [
      {
        index: row.index,
        swr: isKept && (isGone || !isTold(image.repository)) ? ('unknown' as const) : swr,
        // Brought back while SWR went on, and gone again.
        ...(row.restore === 'restored' && isGone && { restore: 'none' as const }),
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

/** Reads what SWR says of its execution, as far as it has come, and enters it. */
export async function readAndKeep(
  context: Context,
  place: RetentionPlace,
  run: Run & { readonly execution: number },
  succeeded: boolean,
): Promise<Verdicts> {
  const verdicts = await readVerdicts(context, place, run.execution)
  const standing = await standingNow(context, place)
  await keepVerdicts(context, run, verdicts, { succeeded, standing })
  return verdicts
}
