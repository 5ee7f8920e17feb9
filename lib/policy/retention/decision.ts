import type { Retention } from '../../contract/swr/retention'
import { type RetentionTemplate, retentionTemplates } from '../../contract/vocabulary'
import { parseEnum } from '../enum'
import { engineAmount, engineDays } from './amount'
import type { DatedImage } from './dated-image'
import { Refused, Unclear } from './refusal'
import { concerns, imageSelector } from './selectors'

/*
 * What a retention policy would do, by what Harbor's engine was seen to do (docs/swr-api.md section 9; `retention-vectors.json` holds
 * its answers).
 */

type Rule = Retention['rules'][number]

/**
 * For each image the first rule that keeps it, by its place in the policy; null: none does, it is deleted with all of its
 * tags; `tie`: several have the same second at the cut, and which of them stays is SWR's choice.
 *
 * `untouched`: no rule concerns the repository. `refused`: the engine gives up before it deletes anything. `unclear`: nobody
 * here can tell.
 */
export type RetentionDecision = 'untouched' | 'refused' | 'unclear' | readonly ImageVerdict[]
export type ImageVerdict = number | 'tie' | null

const secondsOf = (time: number) => Math.floor(time / 1000)

type By = 'pushed' | 'pulled'

/** In the seconds that the engine compares. Never pulled is an answer; every image was pushed once. */
function timeOf(image: DatedImage, by: By): number {
  if (by === 'pushed' && image.pushed === 0) throw new Unclear()
  // Never pulled is the year 1 to the engine: earlier than anything.
  return image[by] === 0 ? Number.NEGATIVE_INFINITY : secondsOf(image[by])
}

/** What a template keeps of what its rule selected. */
interface Kept {
  readonly sure: ReadonlySet<DatedImage>
  readonly ties: ReadonlySet<DatedImage>
}
type Keep = (images: readonly DatedImage[], amount: number, now: Date) => Kept

const none: ReadonlySet<DatedImage> = new Set()

const latest =
  (by: By): Keep =>
  (images, amount) => {
    const sorted = images.toSorted(
      (a, b) => Number(timeOf(b, by) > timeOf(a, by)) - Number(timeOf(b, by) < timeOf(a, by)),
    )
    const [last, next] = [sorted[amount - 1], sorted[amount]]
    const cut = last && next && timeOf(last, by) === timeOf(next, by) ? timeOf(last, by) : undefined
    if (cut === undefined) return { sure: new Set(sorted.slice(0, amount)), ties: none }
    const at = (wanted: (time: number) => boolean) => new Set(sorted.filter((image) => wanted(timeOf(image, by))))
    return { sure: at((time) => time > cut), ties: at((time) => time === cut) }
  }

const since =
  (by: By): Keep =>
  (images, days, now) => {
    const earliest = secondsOf(now.getTime() - engineDays(days))
    return { sure: new Set(images.filter((image) => timeOf(image, by) >= earliest)), ties: none }
  }

const keeping: Readonly<Record<RetentionTemplate, Keep>> = {
  latestPushedK: latest('pushed'),
  latestPulledN: latest('pulled'),
  nDaysSinceLastPush: since('pushed'),
  nDaysSinceLastPull: since('pulled'),
}

/** A rule, ready to be applied; null for one without a tag selector, which the engine leaves out. */
function readied(rule: Rule): ((images: readonly DatedImage[], now: Date) => Kept) | null {
  const template = parseEnum(retentionTemplates, rule.template)
  const amount = template && engineAmount(rule, template)
  if (template === undefined || amount === null || amount === undefined) throw new Refused()
  if ((rule.action ?? 'retain') !== 'retain') throw new Refused()
  const selectors = rule.tag_selectors.map(imageSelector)
  if (selectors.length === 0) return null
  return (images, now) => {
    // One after the other: the second never sees what the first leaves out.
    const selected = images.filter((image) => selectors.every((takes) => takes(image)))
    return keeping[template](selected, amount, now)
  }
}

/** Each enabled rule with its place. */
const enabledRules = ({ rules }: Pick<Retention, 'rules'>) =>
  rules.flatMap((rule, index) => (rule.disabled ? [] : [{ rule, at: index }]))

/**
 * Whether a run fails as a whole, for every repository of the namespace, because the engine refuses a repository selector as
 * soon as it meets one of their names.
 */
export function refusesRun(policy: Pick<Retention, 'rules'>, names: readonly string[]): boolean {
  return enabledRules(policy).some(({ rule }) =>
    names.some((name) => attempt(() => concerns(rule, name)) === 'refused'),
  )
}

function attempt<Answer>(work: () => Answer): Answer | 'refused' | 'unclear' {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refused) return 'refused'
    if (error instanceof Unclear) return 'unclear'
    throw error
  }
}

/**
 * What a retention policy would do to one repository, whose `name` is the one inside its namespace. Whether the policy is
 * enabled is not looked at: a run asks for the rules alone. Immutability rules of SWR, which spare images, are not known.
 */
export function decideRetention(
  policy: Pick<Retention, 'algorithm' | 'rules'>,
  name: string,
  images: readonly DatedImage[],
  now: Date,
): RetentionDecision {
  const concerning = attempt(() => enabledRules(policy).filter(({ rule }) => concerns(rule, name)))
  if (typeof concerning === 'string') return concerning
  if (concerning.length === 0) return 'untouched'
  if ((policy.algorithm ?? 'or') !== 'or') return 'refused'
  try {
    return decided(concerning, images, now)
  } catch (error) {
    if (error instanceof Unclear) return 'unclear'
    if (!(error instanceof Refused)) throw error
    // With several rules the engine may lose the error, and then the others decide alone and delete.
    return error.by === 'pattern' && concerning.length > 1 ? 'unclear' : 'refused'
  }
}

function decided(
  rules: readonly { rule: Rule; at: number }[],
  images: readonly DatedImage[],
  now: Date,
): readonly ImageVerdict[] {
  // All rules are read before any is applied: what cannot be read stops them all.
  const ready = rules.flatMap(({ rule, at }) => {
    const keep = readied(rule)
    return keep ? [{ at, keep }] : []
  })
  const kept = ready.map(({ at, keep }) => ({ at, ...keep(images, now) }))
  // Left with no rule at all, the engine keeps everything.
  const [first] = rules
  if (kept.length === 0 && first) return images.map(() => first.at)
  return images.map((image) => {
    const sure = kept.find((each) => each.sure.has(image))
    return sure ? sure.at : kept.some((each) => each.ties.has(image)) ? 'tie' : null
  })
}
