import type { DecisionWarning } from '../../../contract/console/retention-decisions'
import type { RetentionWarning } from '../../../contract/console/retention-vocabulary'
import type { Retention } from '../../../contract/swr/retention'
import { concernsNothing, keepsNothing } from '../keeps-nothing'
import type { StoredImage } from './images'
import { isMoving } from './moving'
import type { TableSource } from './table'

const maxExamples = 5
const hourMs = 3_600_000
const half = 0.5
/** Fewer pulls than that fall into one hour by chance. */
const fewPulls = 5

/** Collects one warning. */
class Collected {
  private count = 0
  private readonly examples: string[] = []

  constructor(private readonly code: RetentionWarning) {}

  add(example: string) {
    this.count += 1
    if (this.examples.length < maxExamples) this.examples.push(example)
  }

  get found(): DecisionWarning[] {
    return this.count === 0 ? [] : [{ code: this.code, count: this.count, examples: this.examples }]
  }
}

const shortDigest = (digest: string) => digest.slice(0, 'sha256:'.length + 12)

/** How an image is named among others: by its first tag. */
const nameOf = (repository: string, { tags: [tag], digest }: Pick<StoredImage, 'tags' | 'digest'>) =>
  tag === undefined ? `${repository}@${shortDigest(digest)}` : `${repository}:${tag}`

const countsPulls = ({ template, disabled }: Retention['rules'][number]) =>
  !disabled && (template === 'latestPulledN' || template === 'nDaysSinceLastPull')

/** A repository and what is decided of its images, each by its place. */
export interface LossSource {
  /** In full. */
  readonly name: string
  readonly images: readonly Pick<StoredImage, 'digest' | 'tags' | 'pulled'>[]
  readonly mayGo: (place: number) => boolean
  /** Whether it runs somewhere. */
  readonly runs: (place: number) => boolean
  /** The place of the image that was pushed last; asked for only where something goes. */
  readonly newest: () => number | undefined
}

/** Times of pulls say little where most images have none, or where all are of one hour: scanners and replicas pull, too. */
function ofPulls(repositories: readonly LossSource[]): DecisionWarning[] {
  const count = { all: 0, never: 0 }
  let [first, last] = [Number.POSITIVE_INFINITY, 0]
  for (const { images } of repositories)
    for (const { pulled } of images) {
      count.all += 1
      if (pulled === 0) count.never += 1
      else [first, last] = [Math.min(first, pulled), Math.max(last, pulled)]
    }
  const pulls = count.all - count.never
  const found: DecisionWarning[] = []
  if (count.never > count.all * half) found.push({ code: 'never_pulled', count: count.never, examples: [] })
  if (pulls >= fewPulls && last - first < hourMs) found.push({ code: 'pulled_at_once', count: pulls, examples: [] })
  return found
}

/** What stands out in one repository of which something goes. */
class Losses {
  readonly moving = new Collected('moving_tag')
  readonly newest = new Collected('newest')
  readonly half = new Collected('half')
  readonly whole = new Collected('whole_repository')
  readonly inUse = new Collected('in_use')

  look({ name, images, mayGo, runs, newest: newestOf }: LossSource) {
    let gone = 0
    for (let place = 0; place < images.length; place++) {
      const image = images[place]
      if (!image || !mayGo(place)) continue
      gone += 1
      for (const tag of image.tags) if (isMoving(tag)) this.moving.add(`${name}:${tag}`)
      if (runs(place)) this.inUse.add(nameOf(name, image))
    }
    if (gone === 0) return
    const newest = newestOf()
    const image = newest === undefined ? undefined : images[newest]
    if (newest !== undefined && image && mayGo(newest)) this.newest.add(nameOf(name, image))
    if (gone === images.length) this.whole.add(name)
    else if (gone > images.length * half) this.half.add(name)
  }

  get found(): DecisionWarning[] {
    return [this.inUse, this.whole, this.half, this.newest, this.moving].flatMap(({ found }) => found)
  }
}

/** What somebody should know before what goes is gone. */
export function warningsIn(rules: Retention['rules'], repositories: readonly LossSource[]): DecisionWarning[] {
  const nothing = new Collected('keeps_nothing')
  for (const [index, rule] of rules.entries())
    if (!rule.disabled && !concernsNothing(rule) && keepsNothing(rule)) nothing.add(String(index + 1))
  const losses = new Losses()
  for (const repository of repositories) losses.look(repository)
  const pulls = rules.some(countsPulls) ? ofPulls(repositories) : []
  return [...nothing.found, ...losses.found, ...pulls]
}

/** The same of what is decided of a listing. `namespace` is the name before those of its repositories. */
export function warningsOf(namespace: string, rules: Retention['rules'], source: TableSource): DecisionWarning[] {
  const repositories = source.after.repositories.map((decided, at): LossSource => {
    const first = source.row.firstAt(at)
    return {
      name: `${namespace}/${decided.repository.name}`,
      images: decided.repository.images,
      mayGo: (place) => decided.mayGo(place),
      runs: (place) => source.inUse.has(first + place),
      newest: () => decided.repository.orderBy('pushed')[0],
    }
  })
  return warningsIn(rules, repositories)
}
