import type { DecisionReason } from '../../contract/console/retention-vocabulary'
import type { RetentionTemplate } from '../../contract/vocabulary'
import { engineDays } from './amount'
import { type By, never, type RepositoryImages, secondsOf, type Taken } from './namespace-images'
import type { Keeping, ReadRule } from './rule-reading'
import type { Steps } from './steps'
import { answer, type EngineVersion } from './versioned-pattern'

/*
 * What one version of the engine does with one repository by the retention rules alone, by what it was seen to do
 * (docs/retention-engine.md; `retention-vectors.json` holds its answers).
 */

/** Codes of `Outcome.codes`. */
export const code = { untouched: 0, keep: 1, delete: 2, unsure: 3 } as const
export type Code = (typeof code)[keyof typeof code]

export interface Outcome {
  readonly codes: Uint8Array
  /** Place of the first rule that keeps an image; -1 for none. */
  readonly rules: Int16Array
  /** Why an image is unsure, where it is. */
  readonly reasons: readonly (DecisionReason | undefined)[]
}

const uniform = (count: number, all: Code, reason?: DecisionReason): Outcome => ({
  codes: new Uint8Array(count).fill(all),
  rules: new Int16Array(count).fill(-1),
  reasons: reason ? Array.from({ length: count }, () => reason) : [],
})

/** All images of a repository of which nobody can tell. */
export const allUnsure = (count: number, reason: DecisionReason): Outcome => uniform(count, code.unsure, reason)

/** What the rules that are being applied have found out so far. */
interface Growing extends Outcome {
  readonly reasons: (DecisionReason | undefined)[]
}

function keep(into: Growing, image: number, rule: number) {
  if (into.codes[image] === code.keep) return
  into.codes[image] = code.keep
  into.rules[image] = rule
  if (into.reasons.length > 0) into.reasons[image] = undefined
}

function doubt(into: Growing, image: number, reason: DecisionReason) {
  if (into.codes[image] !== code.delete) return
  into.codes[image] = code.unsure
  into.reasons[image] = reason
}

interface Work {
  readonly repository: RepositoryImages
  readonly taken: Uint8Array
  readonly by: By
  readonly amount: number
  readonly rule: number
  readonly into: Growing
}

/** Never pulled is an answer; every image was pushed once. */
const isUnknown = (by: By, seconds: number | undefined) => by === 'pushed' && seconds === never

function keepLatest({ repository, taken, by, amount, rule, into }: Work) {
  const seconds = repository.secondsBy(by)
  const selected: number[] = []
  for (const image of repository.orderBy(by)) if (taken[image] === 1) selected.push(image)
  if (selected.length <= amount) {
    for (const image of selected) keep(into, image, rule)
    return
  }
  // Unknown times stand last in the order.
  const hasUnknown = isUnknown(by, seconds[selected.at(-1) ?? 0])
  const known = hasUnknown ? selected.filter((image) => !isUnknown(by, seconds[image])) : selected
  const unknown = selected.length - known.length
  // Each image whose time is not known may stand before the others.
  const sure = placesOf(known, seconds, amount - unknown)
  for (const image of sure.first) keep(into, image, rule)
  for (const image of sure.tied) doubt(into, image, unknown > 0 ? 'time_unknown' : 'tie')
  if (unknown === 0 || amount === 0) return
  const possible = placesOf(known, seconds, amount)
  for (const image of [...possible.first, ...possible.tied]) doubt(into, image, 'time_unknown')
  for (const image of selected) if (isUnknown(by, seconds[image])) doubt(into, image, 'time_unknown')
}

/** The first `count` in an order; `tied` share their second with the next one, and which of them stays is chance. */
function placesOf(order: readonly number[], seconds: Float64Array, count: number) {
  if (count <= 0) return { first: [], tied: [] }
  const [last, next] = [order[count - 1], order[count]]
  const cut = last === undefined ? undefined : seconds[last]
  if (last === undefined || next === undefined || seconds[next] !== cut)
    return { first: order.slice(0, count), tied: [] }
  return {
    first: order.filter((image) => (seconds[image] ?? never) > (cut ?? never)),
    tied: order.filter((image) => seconds[image] === cut),
  }
}

function keepSince({ repository, taken, by, amount, rule, into }: Work, now: Date) {
  const earliest = secondsOf(now.getTime() - engineDays(amount))
  const seconds = repository.secondsBy(by)
  for (const [image, time] of seconds.entries()) {
    if (taken[image] !== 1) continue
    if (isUnknown(by, time)) doubt(into, image, 'time_unknown')
    else if (time >= earliest) keep(into, image, rule)
  }
}

const byOf: Readonly<Record<RetentionTemplate, By>> = {
  latestPushedK: 'pushed',
  latestPulledN: 'pulled',
  nDaysSinceLastPush: 'pushed',
  nDaysSinceLastPull: 'pulled',
}

/** What a template counts by. */
export const countsBy = (template: RetentionTemplate): By => byOf[template]

function apply(keeping: Keeping, taken: Taken, rule: number, repository: RepositoryImages, now: Date, into: Growing) {
  const { template, amount } = keeping
  if (taken.flaw === 'costly') {
    for (const image of repository.images.keys()) doubt(into, image, 'costly')
    return
  }
  const work = { repository, taken: taken.images, by: byOf[template], amount, rule, into }
  if (template.startsWith('nDays')) keepSince(work, now)
  else keepLatest(work)
}

interface Ready {
  readonly index: number
  readonly keeping: Keeping
  readonly taken: Taken
}

/** What an engine does by these rules, all read. */
export function* outcomeOf(
  rules: readonly ReadRule[],
  isOr: boolean,
  repository: RepositoryImages,
  version: EngineVersion,
  now: Date,
): Steps<Outcome> {
  const count = repository.images.length
  const asked = rules.map((rule) => ({ rule, concerned: rule.concerns(repository.name, version) }))
  if (asked.some(({ concerned }) => concerned === answer.unclear)) return allUnsure(count, 'costly')
  const concerning = asked.flatMap(({ rule, concerned }) => (concerned === answer.yes ? [rule] : []))
  const [first] = concerning
  if (!first) return uniform(count, code.untouched)
  if (!isOr) return allUnsure(count, 'run_fails')
  // All rules are read before any is applied: what cannot be read stops them all.
  const ready: Ready[] = []
  for (const { index, keeping } of concerning) {
    if (typeof keeping === 'string') return allUnsure(count, keeping)
    if (keeping) ready.push({ index, keeping, taken: (yield* repository.select(keeping.selectors))[version] })
  }
  // Left with no rule at all, the engine keeps everything.
  if (ready.length === 0) return { ...uniform(count, code.keep), rules: new Int16Array(count).fill(first.index) }
  // With several rules the engine may lose the error, and then the others decide alone and delete.
  if (ready.some(({ taken }) => taken.flaw === 'pattern'))
    return allUnsure(count, concerning.length > 1 ? 'pattern_error' : 'run_fails')
  if (ready.some(({ taken }) => taken.flaw === 'order')) return allUnsure(count, 'pattern_error')
  const into: Growing = { ...uniform(count, code.delete), reasons: [] }
  for (const { index, keeping, taken } of ready) apply(keeping, taken, index, repository, now, into)
  return into
}
