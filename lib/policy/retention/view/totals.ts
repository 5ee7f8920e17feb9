import type { DecisionAmount, DecisionAmounts } from '../../../contract/console/retention-decisions'
import type { NamespaceDecisions, RepositoryDecisions } from '../decide'
import type { StoredImage } from './images'

/** What was decided, and what the saved rules say where it is compared with them. */
export interface Compared<Image extends StoredImage = StoredImage> {
  readonly after: NamespaceDecisions<Image>
  readonly before: NamespaceDecisions<Image> | null
}

type Change = 'deleted' | 'kept' | 'other'

/** How an edit changes the decision on an image; null where it does not. `kept` was deleted, or could have been. */
export function changeOf({ after, before }: Compared, repository: number, place: number): Change | null {
  const is = after.repositories[repository]?.decisionOf(place)
  const was = before?.repositories[repository]?.decisionOf(place)
  if (was === undefined || is === was) return null
  if (is === 'delete') return 'deleted'
  const stayed = was === 'keep' || was === 'untouched'
  // Kept by a rule or concerned by none: it stays either way.
  if (is === 'unsure' || stayed) return 'other'
  return 'kept'
}

const nothing = () => ({ images: 0, tags: 0, bytes: 0 })
const noAmounts = () => ({ keep: nothing(), delete: nothing(), untouched: nothing(), unsure: nothing() })

function add(sum: { images: number; tags: number; bytes: number }, { tags, size }: StoredImage) {
  sum.images += 1
  sum.tags += tags.length
  sum.bytes += size
}

const addAll = (sum: { images: number; tags: number; bytes: number }, more: DecisionAmount) => {
  sum.images += more.images
  sum.tags += more.tags
  sum.bytes += more.bytes
}

/** Counts of one repository. */
export interface RepositoryTotals {
  /** Inside its namespace. */
  readonly name: string
  readonly amounts: DecisionAmounts
  readonly newlyDeleted: DecisionAmount
  readonly newlyKept: DecisionAmount
}

export interface Totals {
  readonly repositories: readonly RepositoryTotals[]
  readonly amounts: DecisionAmounts
  readonly newlyDeleted: DecisionAmount
  readonly newlyKept: DecisionAmount
}

function totalsOf(compared: Compared, at: number, decided: RepositoryDecisions<StoredImage>): RepositoryTotals {
  const { name, images } = decided.repository
  const [amounts, newlyDeleted, newlyKept] = [noAmounts(), nothing(), nothing()]
  for (let place = 0; place < images.length; place++) {
    const image = images[place]
    if (!image) continue
    add(amounts[decided.decisionOf(place)], image)
    const change = compared.before && changeOf(compared, at, place)
    if (change === 'deleted') add(newlyDeleted, image)
    if (change === 'kept') add(newlyKept, image)
  }
  return { name, amounts, newlyDeleted, newlyKept }
}

/** What goes, stays and changes. An image without a tag counts as an image; bytes are an upper limit. */
export function countDecisions(compared: Compared): Totals {
  const repositories = compared.after.repositories.map((decided, at) => totalsOf(compared, at, decided))
  const [amounts, newlyDeleted, newlyKept] = [noAmounts(), nothing(), nothing()]
  for (const each of repositories) {
    for (const decision of ['keep', 'delete', 'untouched', 'unsure'] as const)
      addAll(amounts[decision], each.amounts[decision])
    addAll(newlyDeleted, each.newlyDeleted)
    addAll(newlyKept, each.newlyKept)
  }
  return { repositories, amounts, newlyDeleted, newlyKept }
}

/** Those that lose most first. */
export const byLoss = (repositories: readonly RepositoryTotals[]): RepositoryTotals[] =>
  repositories.toSorted(
    (a, b) =>
      b.amounts.delete.images - a.amounts.delete.images ||
      b.amounts.unsure.images - a.amounts.unsure.images ||
      b.amounts.keep.images - a.amounts.keep.images ||
      (a.name < b.name ? -1 : 1),
  )
