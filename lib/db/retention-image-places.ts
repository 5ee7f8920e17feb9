import 'server-only'
import { setImmediate as others } from 'node:timers/promises'
import { and, asc, eq, gte } from 'drizzle-orm'
import { imagesOf, type RetentionImageRow } from './retention-images'
import { retentionImages } from './retention-tables'
import type { Db } from './schema'

/** Indexes of a run's images, which may be too many to be held themselves. */
export interface ImagePlaces {
  /** Repository after repository, in the order in which they come. */
  readonly byRepository: readonly number[]
  readonly differing: readonly number[]
}

const placesAtOnce = 2_000
const imagesAtOnce = 500

export async function imagePlaces(db: Db, job: number): Promise<ImagePlaces> {
  const { index, repository, differs } = retentionImages
  const repositories = new Map<string, number[]>()
  const differing: number[] = []
  for (let next = 0; ; ) {
    // PGlite answers without ever letting others in.
    await others()
    const rows = await db
      .select({ index, repository, differs })
      .from(retentionImages)
      .where(and(eq(retentionImages.job, job), gte(index, next)))
      .orderBy(asc(index))
      .limit(placesAtOnce)
    for (const row of rows) {
      const places = repositories.get(row.repository)
      if (places) places.push(row.index)
      else repositories.set(row.repository, [row.index])
      if (row.differs) differing.push(row.index)
    }
    const last = rows.at(-1)
    if (!last || rows.length < placesAtOnce) return { byRepository: [...repositories.values()].flat(), differing }
    next = last.index + 1
  }
}

/** The images at these places, in their order, some hundred at a time. Throws when one is gone: what is left is not all. */
export async function* imagesAt(
  db: Db,
  job: number,
  places: readonly number[],
): AsyncGenerator<readonly RetentionImageRow[], void> {
  for (let from = 0; from < places.length; from += imagesAtOnce) {
    await others()
    const wanted = places.slice(from, from + imagesAtOnce)
    const found = new Map((await imagesOf(db, job, { indexes: wanted })).map((image) => [image.index, image]))
    yield wanted.map((place) => {
      const image = found.get(place)
      if (!image) throw new Error(`image ${place} of run ${job} is gone`)
      return image
    })
  }
}
