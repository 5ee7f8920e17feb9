import type { Retention } from '../../contract/swr/retention'
import type { RetentionTemplate } from '../../contract/vocabulary'
import { Glob } from '../pattern/glob'
import { readAmount } from './request'

type Rule = Retention['rules'][number]
type Selector = Rule['tag_selectors'][number]

/** One image of a repository. Times are milliseconds since the epoch, 0 for never; the latest of its own and its tags'. */
export interface DatedImage {
  readonly pushed: number
  readonly pulled: number
  readonly tags: readonly string[]
}

/**
 * For each image the first rule that keeps it, by its place in the policy; null: none does, it is deleted with all of its
 * tags. `untouched`: no rule concerns the repository. `unclear`: the policy says something that nobody here can tell the
 * meaning of, or that the engine refuses, which ends a run before it deletes anything.
 */
export type RetentionVerdict = 'untouched' | 'unclear' | readonly (number | null)[]

/** Thrown where a verdict would be a guess. */
class Unclear extends Error {}

const day = 86_400
const secondsOf = (time: number) => Math.floor(time / 1000)

type By = 'pushed' | 'pulled'

/** In the seconds that the engine compares. Never pulled is an answer; every image was pushed once. */
function timeOf(image: DatedImage, by: By): number {
  if (by === 'pushed' && image.pushed === 0) throw new Unclear()
  return secondsOf(image[by])
}

type Rank = (images: readonly DatedImage[], amount: number, now: Date) => readonly DatedImage[]

/** Which has the larger value first; among equals the order of the list stands. */
const latest =
  (by: By): Rank =>
  (images, amount) =>
    images.toSorted((a, b) => timeOf(b, by) - timeOf(a, by)).slice(0, amount)

const since =
  (by: By): Rank =>
  (images, days, now) => {
    const earliest = secondsOf(now.getTime()) - days * day
    return images.filter((image) => timeOf(image, by) >= earliest && image[by] > 0)
  }

/** Each with the amount that the service takes when it is told none (NOTES section 9). */
const templates: Readonly<Record<RetentionTemplate, { rank: Rank; otherwise: number }>> = {
  latestPushedK: { rank: latest('pushed'), otherwise: 10 },
  latestPulledN: { rank: latest('pulled'), otherwise: 10 },
  nDaysSinceLastPush: { rank: since('pushed'), otherwise: 30 },
  nDaysSinceLastPull: { rank: since('pulled'), otherwise: 30 },
}
const isTemplate = (name: string | undefined): name is RetentionTemplate =>
  name !== undefined && Object.hasOwn(templates, name)

/** Steps for the tags of one repository; a verdict that costs more than that is unclear. */
const effort = 500_000

function takerOf({ kind = 'doublestar', pattern = '' }: Selector): (name: string) => boolean {
  if (kind !== 'doublestar') throw new Unclear()
  const glob = new Glob(pattern, effort)
  return (name) => {
    const verdict = glob.match(name)
    if (typeof verdict !== 'boolean') throw new Unclear()
    return verdict
  }
}

/** Whether `extras` says anything of untagged images. What is no such JSON says nothing. */
function untaggedBy(extras: string | undefined): boolean | undefined {
  if (!extras) return undefined
  try {
    const said: unknown = JSON.parse(extras)
    if (typeof said !== 'object' || Array.isArray(said)) return undefined
    if (said === null || !('untagged' in said)) return false
    return typeof said.untagged === 'boolean' ? said.untagged : undefined
  } catch {
    return undefined
  }
}

/**
 * `matches` takes an image of which any tag fits, `excludes` one of which any tag does not. Both take untagged images unless
 * `extras` turns that round (NOTES section 9).
 */
function taggedBy(selector: Selector): (image: DatedImage) => boolean {
  const { decoration, extras } = selector
  if (decoration !== 'matches' && decoration !== 'excludes') throw new Unclear()
  const takes = takerOf(selector)
  const wanted = decoration === 'matches'
  const untagged = untaggedBy(extras)
  const bare = untagged === undefined || untagged === wanted
  return ({ tags }) => (tags.length === 0 ? bare : tags.some((tag) => takes(tag) === wanted))
}

function concerns({ scope_selectors: scope }: Rule, repository: string): boolean {
  return (scope?.repository ?? []).every((selector) => {
    const { decoration } = selector
    if (decoration !== 'repoMatches' && decoration !== 'repoExcludes') throw new Unclear()
    return takerOf(selector)(repository) === (decoration === 'repoMatches')
  })
}

function keptBy(rule: Rule, images: readonly DatedImage[], now: Date): ReadonlySet<DatedImage> {
  const { template, action = 'retain', tag_selectors: selectors } = rule
  // Without a selector of tags the engine skips the rule, but not what follows from it.
  if (!isTemplate(template) || action !== 'retain' || selectors.length === 0) throw new Unclear()
  const { rank, otherwise } = templates[template]
  const amount = readAmount(rule) ?? otherwise
  const takers = selectors.map(taggedBy)
  const taken = images.filter((image) => takers.every((takes) => takes(image)))
  return new Set(rank(taken, Number.isInteger(amount) && amount >= 0 ? amount : otherwise, now))
}

/**
 * What a retention policy would do to one repository, whose `name` is the one inside its namespace. Whether the policy is
 * enabled is not looked at: a run asks for the rules alone. Immutability rules of SWR, which spare images, are not known.
 */
export function retentionVerdict(
  { algorithm = 'or', rules }: Pick<Retention, 'algorithm' | 'rules'>,
  name: string,
  images: readonly DatedImage[],
  now: Date,
): RetentionVerdict {
  try {
    if (algorithm !== 'or') throw new Unclear()
    const concerning = rules.flatMap((rule, at) => (rule.disabled || !concerns(rule, name) ? [] : [{ rule, at }]))
    if (concerning.length === 0) return 'untouched'
    const kept = concerning.map(({ rule, at }) => ({ at, images: keptBy(rule, images, now) }))
    return images.map((image) => kept.find((each) => each.images.has(image))?.at ?? null)
  } catch (error) {
    if (error instanceof Unclear) return 'unclear'
    throw error
  }
}
