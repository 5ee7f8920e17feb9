import 'server-only'
import type { SwrAction } from '../../contract/console/retention-vocabulary'
import type { NewImage } from '../../db/retention-images'
import { actionOf } from '../../policy/retention/swr-action'
import type { DecidedRow } from './decided'
import type { TaskVerdicts } from './verdicts'

/*
 * SWR's verdict for each image beside the console's own. Where only deletions are named, and all of them, what is not named is
 * kept.
 */

/** Of several words about one image the gravest counts. */
const gravest: readonly SwrAction[] = ['delete', 'error', 'unknown', 'immutable', 'keep']
const worst = (actions: readonly SwrAction[]): SwrAction => gravest.find((each) => actions.includes(each)) ?? 'unknown'

interface Named {
  readonly action: SwrAction
  readonly tag: string
  readonly digest: string
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

/** What a run says of one repository, found by digest first, then by tag. */
class RepositoryVerdicts {
  private readonly byDigest = new Map<string, Named[]>()
  private readonly byTag = new Map<string, Named[]>()
  private readonly met = new Set<Named>()
  private readonly all: readonly Named[]
  private readonly namesAll: boolean
  /** It deletes something that it names neither by tag nor by digest: any image without a tag may be meant. */
  private readonly hasNameless: boolean

  /** What SWR does not name it keeps. */
  private readonly isWhole: boolean

  /** SWR has one task for a repository; of several each says some of it. */
  constructor(tasks: readonly TaskVerdicts[]) {
    this.isWhole = tasks.every(({ whole }) => whole)
    const subtasks = tasks.flatMap((task) => task.subtasks)
    this.all = subtasks.map((row) => ({ action: actionOf(row), tag: row.tag ?? '', digest: row.digest ?? '' }))
    this.namesAll = this.all.some(({ action }) => action !== 'delete')
    this.hasNameless = this.all.some(({ action, tag, digest }) => action === 'delete' && !tag && !digest)
    for (const named of this.all) {
      const [map, key] = named.digest ? [this.byDigest, named.digest] : [this.byTag, named.tag]
      add(map, key, named)
    }
  }

  of({ digest, tags }: Pick<DecidedRow, 'digest' | 'tags'>): SwrAction {
    const found = this.byDigest.get(digest) ?? tags.flatMap((tag) => this.byTag.get(tag) ?? [])
    for (const named of found) this.met.add(named)
    if (found.length > 0) return worst(found.map(({ action }) => action))
    return !this.isWhole || this.namesAll || (this.hasNameless && tags.length === 0) ? 'unknown' : 'keep'
  }

  /** What it names and the listing does not hold: pushed, moved or gone meanwhile. */
  rest(): Named[] {
    return this.all.filter((named) => !this.met.has(named))
  }
}

/** Whether SWR and the console say different things; what nobody could tell beforehand is counted apart. */
export function isDifferent(swr: SwrAction, ours: NewImage['ours']): boolean {
  if (ours === 'unsure' || swr === 'unknown' || swr === 'error') return false
  return (swr === 'delete') !== (ours === 'delete')
}

/** Null: never. */
const timeOf = (time: number) => (time > 0 ? new Date(time) : null)

export const toImage = (row: DecidedRow, index: number, swr: SwrAction, inUse: readonly string[]): NewImage => ({
  index,
  repository: row.repository,
  digest: row.digest,
  tags: row.tags,
  size: row.size,
  pushed: timeOf(row.pushed),
  pulled: timeOf(row.pulled),
  swr,
  ours: row.decision,
  rule: row.rule,
  because: row.because,
  immutable: row.immutable,
  differs: isDifferent(swr, row.decision),
  inUse,
})

/** By repository, what goes first, then the newest. */
const inOrder = (a: NewImage, b: NewImage) =>
  Number(a.repository > b.repository) - Number(a.repository < b.repository) ||
  Number(b.swr === 'delete') - Number(a.swr === 'delete') ||
  (b.pushed?.getTime() ?? 0) - (a.pushed?.getTime() ?? 0)

/** One row for each image, also for those that SWR names and the listing does not hold. */
export function matchVerdicts(
  decided: readonly DecidedRow[],
  tasks: readonly TaskVerdicts[],
  inUse: (row: DecidedRow) => readonly string[] = () => [],
): NewImage[] {
  const tasksOf = new Map<string, TaskVerdicts[]>()
  for (const task of tasks) add(tasksOf, task.repository, task)
  const byRepository = new Map([...tasksOf].map(([name, its]) => [name, new RepositoryVerdicts(its)]))
  const rows = decided.map((row) => toImage(row, 0, byRepository.get(row.repository)?.of(row) ?? 'keep', inUse(row)))
  const strangers = [...byRepository].flatMap(([repository, verdicts]) => unlisted(repository, verdicts.rest()))
  return [...rows, ...strangers].sort(inOrder).map((row, index) => ({ ...row, index }))
}

function unlisted(repository: string, rest: readonly Named[]): NewImage[] {
  const images = new Map<string, Named[]>()
  for (const named of rest) {
    const key = named.digest || `:${named.tag}`
    add(images, key, named)
  }
  return [...images.values()].map((names) => ({
    index: 0,
    repository,
    digest: names[0]?.digest ?? '',
    tags: names.flatMap(({ tag }) => (tag ? [tag] : [])),
    size: 0,
    pushed: null,
    pulled: null,
    swr: worst(names.map(({ action }) => action)),
    ours: 'unsure',
    rule: null,
    because: 'not_listed',
    immutable: null,
    differs: true,
    inUse: [],
  }))
}
