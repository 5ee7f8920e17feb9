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
  const takes = taking(source, view)
  if (view.sort === 'change') return pageByChange(source, takes, view)
  const found = [...row.order(view.sort)].filter(takes)
  // Changes stand first however they are turned: that is what they are ordered for.
  if (view.order === 'desc') found.reverse()
  return { numbers: found.slice(view.offset, view.offset + view.limit), total: found.length }
}

/** What narrows the table, and nothing else: most looks are at all of a namespace, which may be large. */
function taking(source: TableSource, view: TableView): (number: number) => boolean {
  const { row } = source
  const { repository, filter, search } = view
  const isHere = row.namespace.repositories.map(({ name }) => name === repository)
  const checks = [
    ...(repository === undefined ? [] : [(number: number) => isHere[row.repositoryAt(number)] === true]),
    ...(filter === 'all' ? [] : [(number: number) => passes(source, view, number)]),
    ...(search.trim() === '' ? [] : [searching(view, row)]),
  ]
  return checks.length === 0 ? () => true : (number) => checks.every((check) => check(number))
}

/** Says the group of each image first, and picks those of the page after that: the others are only counted. */
function pageByChange(
  { row, after, before }: TableSource,
  takes: (number: number) => boolean,
  { offset, limit }: Pick<TableView, 'offset' | 'limit'>,
): { numbers: number[]; total: number } {
  const order = row.order('repository')
  const groupAt = new Uint8Array(order.length).fill(countOfGroups)
  const counts = Array.from({ length: countOfGroups }, () => 0)
  for (let at = 0; at < order.length; at++) {
    const number = order[at] ?? 0
    if (!takes(number)) continue
    const repository = row.repositoryAt(number)
    const place = row.placeAt(number)
    const change = before && changeOf({ after, before }, repository, place)
    const group = change ? changeGroups[change] : groups[after.repositories[repository]?.decisionOf(place) ?? 'unsure']
    groupAt[at] = group
    counts[group] = (counts[group] ?? 0) + 1
  }
  const numbers: number[] = []
  let skipped = 0
  for (const [group, count] of counts.entries()) {
    if (skipped + count <= offset) skipped += count
    else
      for (let at = groupAt.indexOf(group); at !== -1 && numbers.length < limit; at = groupAt.indexOf(group, at + 1)) {
        if (skipped < offset) skipped += 1
        else numbers.push(order[at] ?? 0)
      }
  }
  return { numbers, total: counts.reduce((sum, count) => sum + count, 0) }
}
