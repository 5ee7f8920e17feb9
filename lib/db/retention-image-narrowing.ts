import 'server-only'
import { and, eq, ilike, inArray, not, or, type SQL, sql } from 'drizzle-orm'
import { retentionImages } from './retention-tables'

/** What a list of images is narrowed to. */
export type ImageFilter = 'all' | 'delete' | 'keep' | 'unknown' | 'differs' | 'in_use' | 'failed'

const narrowed: Readonly<Record<ImageFilter, SQL | undefined>> = {
  all: undefined,
  delete: eq(retentionImages.swr, 'delete'),
  keep: inArray(retentionImages.swr, ['keep', 'immutable']),
  unknown: inArray(retentionImages.swr, ['unknown', 'error']),
  differs: eq(retentionImages.differs, true),
  in_use: sql`jsonb_array_length(${retentionImages.inUse}) > 0`,
  failed: or(
    eq(retentionImages.copy, 'failed'),
    eq(retentionImages.restore, 'failed'),
    eq(retentionImages.swr, 'error'),
  ),
}

const isUnsure = eq(retentionImages.ours, 'unsure')
const foreseen: Partial<Record<ImageFilter, SQL | undefined>> = {
  keep: and(narrowed.keep, not(isUnsure)),
  unknown: or(narrowed.unknown, and(narrowed.keep, isUnsure)),
}

/** A text with the signs that SQL reads as patterns taken for themselves. */
const plain = (text: string) => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

function searched(search: string): SQL | undefined {
  if (search === '') return undefined
  const part = `%${plain(search)}%`
  const beginning = `${plain(search)}%`
  return or(
    ilike(retentionImages.repository, part),
    ilike(retentionImages.digest, beginning),
    ilike(retentionImages.digest, `sha256:${beginning}`),
    sql`exists (select 1 from jsonb_array_elements_text(${retentionImages.tags}) as tag where tag ilike ${part})`,
  )
}

/** Which images of a run a list shows. */
export interface ImageNarrowing {
  readonly filter: ImageFilter
  readonly search: string
  readonly repository?: string | undefined
  /** SWR's word is of what will be: what it keeps, and the console is not sure of, is unknown. */
  readonly foretold?: boolean
}

export const imagesIn = (
  job: number,
  { filter, search, repository, foretold = false }: ImageNarrowing,
): SQL | undefined =>
  and(
    eq(retentionImages.job, job),
    (foretold && foreseen[filter]) || narrowed[filter],
    searched(search),
    repository === undefined ? undefined : eq(retentionImages.repository, repository),
  )
