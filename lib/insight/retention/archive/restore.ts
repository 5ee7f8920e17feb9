import 'server-only'
import { randomBytes } from 'node:crypto'
import { consoleRoutes } from '../../../contract/console/operations'
import { problemOf } from '../../../contract/problem'
import { changeImages, imagesOf, type RetentionImageRow } from '../../../db/retention-images'
import { Interrupted, type JobKind, Later, Paused, Stopped, type WorkResult } from '../../../jobs/job'
import { nextVersion, tellJob } from '../../../jobs/store'
import type { InstanceLocation } from '../../../routes'
import { outdateInventory } from '../../inventory/inventory'
import { withRetry } from '../../partial-runs/retry'
import { runParts } from '../../partial-runs/run-parts'
import { type Copying, type RestoreContext, type RestoreData, restoreType } from '../job-types'
import { canBeNamed, failuresIn, parentOf, partsOf } from './parts'
import { imagesAt } from './side'

/*
 * Brings deleted images back. They are pulled by temporary policies of this instance, from the archive's registry: that works
 * for any archive, and this instance can always be listed, so that each image is verified by digest (docs/decisions/0035).
 */

/** Milliseconds after which nobody waits for an image any more. */
const giveUpMs = 12 * 3_600_000
const looks = 5
const secondsBetweenLooks = 2

type Change = Parameters<typeof changeImages>[3][number]

const instanceOf = ({ job }: RestoreContext): InstanceLocation => ({
  connection: job.connection,
  instance: job.instance ?? '',
})

/** Images are those of the run, so it is the run that people see change. */
async function change(context: RestoreContext, changes: readonly Change[]): Promise<void> {
  const { run } = context.job.data
  await context.change(async (tx) => changeImages(tx, run, await nextVersion(tx, run), changes))
  tellJob(run)
}

const imagesIn = (context: RestoreContext, state: 'waiting' | 'copying') =>
  imagesOf(context.store.db, context.job.data.run, { indexes: context.job.data.images, restore: [state] })

/** Digests of the tags that are there now, by repository and tag. */
async function here(context: RestoreContext, images: readonly RetentionImageRow[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>()
  for (const repository of new Set(images.map((image) => image.repository))) {
    await context.permit()
    const found = await withRetry(context, () => imagesAt(context.actor, instanceOf(context), repository))
    for (const { digest, tags } of found) for (const tag of tags) digests.set(`${repository}:${tag}`, digest)
  }
  return digests
}

const isBack = ({ repository, tags, digest }: RetentionImageRow, there: ReadonlyMap<string, string>) =>
  tags.every((tag) => there.get(`${repository}:${tag}`) === digest)

/** Something else has the name by now: bringing the image back would overwrite that. */
const isTaken = ({ repository, tags, digest }: RetentionImageRow, there: ReadonlyMap<string, string>) =>
  tags.some((tag) => (there.get(`${repository}:${tag}`) ?? digest) !== digest)

const namespaceOf = (repository: string) => repository.slice(0, repository.lastIndexOf('/'))

/** Where a policy puts things is one for all of it, so there is a group for each such place. */
function groupsOf(images: readonly RetentionImageRow[]): Copying[] {
  const groups = new Map<string, RetentionImageRow[]>()
  for (const image of images) {
    const namespace = namespaceOf(image.repository)
    const known = groups.get(namespace) ?? []
    known.push(image)
    groups.set(namespace, known)
  }
  return [...groups].map(([namespace, some]) => ({
    token: randomBytes(6).toString('hex'),
    namespace,
    // What has the name meanwhile stays.
    override: false,
    parts: partsOf(some.map(({ place, tags }) => ({ repository: place, tags }))),
  }))
}

async function begin(context: RestoreContext): Promise<void> {
  const waiting = await imagesIn(context, 'waiting')
  const there = await here(context, waiting)
  await context.permit()
  const changes: Change[] = []
  const coming: RetentionImageRow[] = []
  for (const image of waiting) {
    const { index } = image
    if (isBack(image, there)) changes.push({ index, restore: 'restored', restoreText: '' })
    else if (isTaken(image, there)) changes.push({ index, restore: 'failed', restoreText: 'tag_taken' })
    else if (!canBeNamed({ repository: image.place, tags: image.tags }))
      changes.push({ index, restore: 'failed', restoreText: 'odd_name' })
    else {
      coming.push(image)
      changes.push({ index, restore: 'copying', restoreText: '' })
    }
  }
  context.job.data.copying = groupsOf(coming)
  await change(context, changes)
}

async function pull(context: RestoreContext, groups: readonly Copying[]): Promise<void> {
  const { job } = context
  const { archive, name, run } = job.data
  const waits: number[] = []
  for (const { token, namespace, override, parts } of groups) {
    const again = await runParts(context, {
      token,
      parts,
      parent: parentOf('pull', archive.registry, { name, namespace, override }),
      reason: `Restore of retention run ${run} of ${name}`,
      deadline: job.at.getTime() + giveUpMs,
    })
    if (again !== null) waits.push(again)
  }
  if (waits.length > 0) throw new Later(Math.min(...waits))
}

/** What came back, by digest: it may show a moment later. */
async function settle(context: RestoreContext, groups: readonly Copying[]): Promise<void> {
  const images = await imagesIn(context, 'copying')
  let missing = images
  let there: ReadonlyMap<string, string> = new Map()
  for (let look = 0; look < looks && missing.length > 0; look += 1) {
    if (look > 0) await context.sleep(secondsBetweenLooks)
    there = await here(context, missing)
    missing = missing.filter((image) => !isBack(image, there))
  }
  const failureOf = failuresIn(groups.flatMap(({ parts }) => parts))
  const lost = new Set(missing.map(({ index }) => index))
  await change(
    context,
    images.map((image) => {
      const { index, place, tags } = image
      if (!lost.has(index)) return { index, restore: 'restored', restoreText: '' }
      // Where the archive cannot be listed, another image may have had the name there.
      if (isTaken(image, there)) return { index, restore: 'failed', restoreText: 'restore_other' }
      const said = tags.map((tag) => failureOf(place, tag)).find((each) => each !== null)
      return { index, restore: 'failed', restoreText: said ?? 'restore_missing' }
    }),
  )
}

/** Whatever has not come back by now does not. */
async function giveUp(context: RestoreContext, restoreText: string): Promise<void> {
  const left = [...(await imagesIn(context, 'waiting')), ...(await imagesIn(context, 'copying'))]
  await change(
    context,
    left.map(({ index }) => ({ index, restore: 'failed', restoreText })),
  )
}

async function work(context: RestoreContext): Promise<WorkResult> {
  const { job } = context
  try {
    await context.permit()
    if (!job.data.copying) await begin(context)
    const groups = job.data.copying ?? []
    await pull(context, groups)
    await context.permit()
    await settle(context, groups)
    outdateInventory(instanceOf(context))
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Paused) throw error
    if (error instanceof Later && Date.now() - job.at.getTime() < giveUpMs) throw error
    if (error instanceof Stopped) await pull(context, job.data.copying ?? [])
    const { code } = problemOf(error)
    await giveUp(context, error instanceof Stopped ? 'scope_right_lost' : code)
    if (code === 'unexpected' && !(error instanceof Stopped) && !(error instanceof Later)) throw error
  }
  return 'ended'
}

export const restoreKind: JobKind<RestoreData> = { ...restoreType, role: consoleRoutes.retentionRestoreStart, work }
