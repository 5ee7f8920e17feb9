import 'server-only'
import type { z } from 'zod'
import type { DryRun } from '../../../contract/console/retention-runs'
import { publicSchemas } from '../../../contract/v1/schemas'
import { type ImagePlaces, imagePlaces, imagesAt } from '../../../db/retention-image-places'
import type { RetentionImageRow } from '../../../db/retention-images'
import type { Db } from '../../../db/schema'
import { StreamedJson } from '../streamed-json'

/* A dry run as the public API tells it, with the verdicts of however many images. */

const { shape } = publicSchemas.retentionDryRunShow.response
const [repository, difference] = [shape.repositories.element, shape.differences.element]
const rest = publicSchemas.retentionDryRunShow.response.omit({ repositories: true, differences: true })

/** An immutable tag rule keeps it as well. What the console is not sure of is not called safe. */
function verdictOf({ swr, ours }: RetentionImageRow): 'keep' | 'delete' | 'unknown' {
  if (swr === 'delete') return 'delete'
  return (swr === 'keep' || swr === 'immutable') && ours !== 'unsure' ? 'keep' : 'unknown'
}

const artifactOf = (image: RetentionImageRow) => ({
  digest: image.digest,
  tags: [...image.tags],
  decision: verdictOf(image),
})

const differenceOf = (image: RetentionImageRow): z.input<typeof difference> => ({
  repository: image.repository,
  ...artifactOf(image),
  ours: image.ours,
  ...(image.because && { because: image.because }),
})

/** All that is said of it beside its verdicts. */
export const dryRunOf = (dryRun: DryRun): z.input<typeof rest> => {
  const { id, state, failure, text, at, content, totals, seen, until, version } = dryRun
  return {
    id: String(id),
    state,
    ...(failure !== null && { failure }),
    ...{ text, at, content, totals },
    seen: seen !== null,
    until,
    version,
  }
}

/** Objects of a list, with what stands between them. */
async function* repositoriesIn(batches: AsyncGenerator<readonly RetentionImageRow[], void>) {
  let open: string | null = null
  for await (const images of batches) {
    let text = ''
    for (const image of images) {
      const isNext = image.repository !== open
      if (isNext) text += `${open === null ? '' : ']},'}{"name":${JSON.stringify(image.repository)},"artifacts":[`
      text += `${isNext ? '' : ','}${JSON.stringify(repository.shape.artifacts.element.parse(artifactOf(image)))}`
      open = image.repository
    }
    yield text
  }
  if (open !== null) yield ']}'
}

async function* differencesIn(batches: AsyncGenerator<readonly RetentionImageRow[], void>) {
  let isFirst = true
  for await (const images of batches) {
    const text = images.map((image) => JSON.stringify(difference.parse(differenceOf(image)))).join()
    yield isFirst ? text : `,${text}`
    isFirst = false
  }
}

async function* piecesOf(
  db: Db,
  job: number,
  { byRepository, differing }: ImagePlaces,
  end: () => Promise<DryRun>,
): AsyncGenerator<string, void> {
  yield '{"repositories":['
  yield* repositoriesIn(imagesAt(db, job, byRepository))
  yield '],"differences":['
  yield* differencesIn(imagesAt(db, job, differing))
  yield `],${JSON.stringify(rest.parse(dryRunOf(await end()))).slice(1)}`
}

/**
 * A finished dry run; `end` is asked how it stands after its verdicts. A stream makes one piece before it is taken: all
 * verdicts but those of the last piece were taken by then. Whether anybody looks at them, no server can know.
 */
export async function streamVerdicts(db: Db, job: number, end: () => Promise<DryRun>): Promise<StreamedJson> {
  // Before the answer begins: what goes wrong here is told as a problem.
  const places = await imagePlaces(db, job)
  return new StreamedJson(piecesOf(db, job, places, end))
}
