import { field, listField, rawField, textField } from '../json-fields'
import type { RetentionMood } from './run'
import { EngineError, PatternError, selectImages, selectRepositories } from './selectors'

/*
 * Retention as Harbor's engine does it, after docs/retention-engine.md and written apart from the console's own, so that each
 * can show the other's mistakes. Where the engine leaves it to chance, this one is the same each time: which of many equal
 * images go follows from their places in the list, and a wrong tag pattern always fails its task, or never. Templates that
 * SWR's pages do not know are unknown here.
 */

export interface Candidate {
  readonly tags: readonly string[]
  /** Milliseconds since the epoch, the latest of the image's own and its tags'. */
  readonly pushed: number
  readonly pulled: number
}

/** Rules that are switched off are not looked at, whatever is wrong with them. */
const enabledRules = (rules: readonly unknown[]) => rules.filter((rule) => field(rule, 'disabled') !== true)

/**
 * Repositories that a run works on, with the rules that concern each.
 * @throws EngineError when the run fails as a whole.
 */
export function planRun(rules: readonly unknown[], repositories: readonly string[]): Map<string, readonly unknown[]> {
  const concerned = enabledRules(rules).map((rule) => ({
    rule,
    names: new Set(selectRepositories(rule, repositories)),
  }))
  const planned = repositories.map((name): [string, readonly unknown[]] => [
    name,
    concerned.filter(({ names }) => names.has(name)).map(({ rule }) => rule),
  ])
  return new Map(planned.filter(([, its]) => its.length > 0))
}

const defaults: Readonly<Record<string, number>> = {
  latestPushedK: 10,
  latestPulledN: 10,
  nDaysSinceLastPush: 30,
  nDaysSinceLastPull: 30,
}

/** A number is cut down to a whole one; what is no number, or below zero, is not read. */
function amountOf(rule: unknown): { template: string; amount: number } {
  const template = textField(rule, 'template')
  const otherwise = defaults[template]
  if (otherwise === undefined) throw new EngineError(`rule template ${template} is not supported`)
  const params = rawField(rule, 'params')
  if (!(template in params)) throw new EngineError(`missing parameter: ${template}`)
  const value = params[template]
  const isRead = typeof value === 'number' && Math.trunc(value) >= 0
  return { template, amount: isRead ? Math.trunc(value) : otherwise }
}

const nanosPerDay = 86_400_000_000_000n

/** Whole seconds since the epoch. The engine counts nanoseconds in 64 bits, which very many days go round. */
function boundaryOf(days: number, now: number): number {
  const back = BigInt.asIntN(64, BigInt(days) * nanosPerDay)
  return Math.floor((now - Number(back) / 1_000_000) / 1000)
}

const secondOf = (time: number) => Math.floor(time / 1000)

/** Up to so many the engine's sort keeps equal ones as they were; of more it makes an order of its own. */
const fewImages = 12

/** What decides among equal ones: neighbours of a long list are torn apart. */
const placeOf = (at: number, count: number) => (count <= fewImages ? at : Math.imul(at + 1, 0x9e3779b1) >>> 0)

/** What one rule keeps of what its selectors leave. */
function keptBy(rule: unknown, candidates: readonly Candidate[], now: number): readonly Candidate[] {
  const { template, amount } = amountOf(rule)
  const action = textField(rule, 'action')
  if (action !== 'retain') throw new EngineError(`action ${action} is not supported`)
  const taken = listField(rule, 'tag_selectors').reduce(
    (left: readonly Candidate[], selector) => selectImages(selector, left),
    candidates,
  )
  const timeOf = ({ pushed, pulled }: Candidate) =>
    secondOf(template.endsWith('Push') || template === 'latestPushedK' ? pushed : pulled)
  if (template.startsWith('nDays')) return taken.filter((each) => timeOf(each) >= boundaryOf(amount, now))
  return taken
    .map((image, at) => ({ image, time: timeOf(image), place: placeOf(at, taken.length) }))
    .sort((a, b) => b.time - a.time || a.place - b.place)
    .slice(0, amount)
    .map(({ image }) => image)
}

/**
 * What the rules of a repository keep together. A rule without a tag selector falls out; where that leaves none, nothing is
 * deleted. The same becomes of a rule with a wrong tag pattern whose error gets lost.
 * @throws EngineError when the task of this repository fails.
 */
export function keptOf<Each extends Candidate>(
  rules: readonly unknown[],
  candidates: readonly Each[],
  now: number,
  patternErrors: RetentionMood['patternErrors'] = 'told',
): ReadonlySet<Candidate> {
  const deciding = rules.filter((rule) => listField(rule, 'tag_selectors').length > 0)
  if (deciding.length === 0) return new Set(candidates)
  const kept = deciding.flatMap((rule) => {
    try {
      return [keptBy(rule, candidates, now)]
    } catch (error) {
      if (patternErrors === 'lost' && error instanceof PatternError) return []
      throw error
    }
  })
  return new Set(kept.length === 0 ? candidates : kept.flat())
}
