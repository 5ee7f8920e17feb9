import type { Decision, DecisionFilter } from '../../../contract/console/retention-vocabulary'
import type { ImageRow, ImageSort, StoredImage } from './images'
import { isMoving } from './moving'
import { type Compared, changeOf } from './totals'

/** How the table is narrowed, ordered and paged. */
export interface TableView {
  readonly filter: DecisionFilter
  readonly search: string
  /** The name of a repository inside the namespace. */
  readonly repository?: string | undefined
  readonly sort: ImageSort | 'change'
  readonly order: 'asc' | 'desc'
  readonly offset: number
  readonly limit: number
}

export interface TableSource<Image extends StoredImage = StoredImage> extends Compared<Image> {
  readonly row: ImageRow<Image>
  /** Clusters in which an image runs, by its number; those that run nowhere are left out. */
  readonly inUse: ReadonlyMap<number, readonly string[]>
}

const groups: Readonly<Record<Decision, number>> = { delete: 3, unsure: 4, keep: 5, untouched: 6 }
const changeGroups = { deleted: 0, kept: 1, other: 2 } as const
const countOfGroups = 7

function passes(source: TableSource, { filter }: TableView, number: number): boolean {
  if (filter === 'all') return true
  const repository = source.row.repositoryAt(number)
  const place = source.row.placeAt(number)
  switch (filter) {
    case 'changed':
      return changeOf(source, repository, place) !== null
    case 'in_use':
      return source.inUse.has(number)
    case 'moving':
      return source.row.image(number)?.tags.some(isMoving) ?? false
    default:
      return source.after.repositories[repository]?.decisionOf(place) === filter
  }
}

/** Part of a repository's or tag's name, or the beginning of a digest. */
function searching({ search }: TableView, row: ImageRow): (number: number) => boolean {
  const text = search.trim().toLowerCase()
  if (text === '') return () => true
  const names = row.namespace.repositories.map(({ name }) => name.toLowerCase().includes(text))
  const digest = text.startsWith('sha256:') ? text : `sha256:${text}`
  return (number) => {
    if (names[row.repositoryAt(number)]) return true
    const image = row.image(number)
    if (!image) return false
    return image.digest.startsWith(digest) || image.tags.some((tag) => tag.toLowerCase().includes(text))
  }
}

/** Numbers of the images of one page, and how many pass. */
export function tablePage(source: TableSource, view: TableView): { numbers: number[]; total: number } {
  const { row } = source
  const isFound = searching(view, row)
  const only = view.repository
  const isHere = row.namespace.repositories.map(({ name }) => only === undefined || name === only)
  const takes = (number: number) =>
    isHere[row.repositoryAt(number)] === true && passes(source, view, number) && isFound(number)
  const found = view.sort === 'change' ? byChange(source, takes) : [...row.order(view.sort)].filter(takes)
  // Changes stand first however they are turned: that is what they are ordered for.
  if (view.sort !== 'change' && view.order === 'desc') found.reverse()
  return { numbers: found.slice(view.offset, view.offset + view.limit), total: found.length }
}

function byChange(source: TableSource, takes: (number: number) => boolean): number[] {
  const { row, after } = source
  const all: number[][] = Array.from({ length: countOfGroups }, () => [])
  for (const number of row.order('repository')) {
    if (!takes(number)) continue
    const repository = row.repositoryAt(number)
    const place = row.placeAt(number)
    const change = changeOf(source, repository, place)
    const group = change ? changeGroups[change] : groups[after.repositories[repository]?.decisionOf(place) ?? 'unsure']
    all[group]?.push(number)
  }
  return all.flat()
}
