import type { DecisionAxis } from '../../../contract/console/retention-decisions'
import type { Retention } from '../../../contract/swr/retention'
import { type RetentionTemplate, retentionTemplates } from '../../../contract/vocabulary'
import { parseEnum } from '../../enum'
import { engineAmount, unitOf } from '../amount'
import { type NamespaceImages, never, type RepositoryImages } from '../namespace-images'
import { countsBy } from '../outcome'
import { readRules } from '../rule-reading'
import { atOnce } from '../steps'
import { answer } from '../versioned-pattern'

type Rules = Pick<Retention, 'rules'>

/** Bars that can still be told apart. */
const mostBins = 100
/** So much of what lies behind the cut is shown one by one. */
const lookBehind = 2
const leastBins = 10
const daySeconds = 86_400

const templateOf = ({ rules: [first] }: Rules): RetentionTemplate | undefined =>
  first && !first.disabled ? parseEnum(retentionTemplates, first.template) : undefined

function addTo(counts: number[], place: number) {
  while (counts.length <= place) counts.push(0)
  counts[place] = (counts[place] ?? 0) + 1
}

/** Adds what the first rule selects of a repository, as places or days of age. Answers how many have no time. */
function countIn(
  counts: number[],
  repository: RepositoryImages,
  taken: Uint8Array,
  template: RetentionTemplate,
  now: Date,
): number {
  const isCount = unitOf(template) === 'images'
  const by = countsBy(template)
  const seconds = repository.secondsBy(by)
  const nowSeconds = Math.floor(now.getTime() / 1000)
  let [place, without] = [0, 0]
  for (const image of repository.orderBy(by)) {
    if (taken[image] !== 1) continue
    const time = seconds[image] ?? never
    if (time === never) without += 1
    else if (isCount) addTo(counts, place++)
    // One that was pushed by a clock that is ahead is new.
    else addTo(counts, Math.max(0, Math.floor((nowSeconds - time) / daySeconds)))
  }
  return without
}

/** One bin for each until the cut is well behind, then one for all others; many are put together. */
function binsOf(counts: readonly number[], cuts: readonly (number | null)[]): DecisionAxis['bins'] {
  const wanted = Math.max(leastBins, ...cuts.map((cut) => (cut ?? 0) * lookBehind))
  const shown = Math.min(counts.length, wanted)
  const width = Math.max(1, Math.ceil(shown / mostBins))
  const bins: { from: number; to: number; images: number }[] = []
  const sum = (from: number, to: number) => counts.slice(from, to).reduce((all, each) => all + each, 0)
  for (let from = 0; from < shown; from += width) {
    const to = Math.min(from + width, counts.length)
    bins.push({ from, to, images: sum(from, to) })
  }
  const end = bins.at(-1)?.to ?? 0
  if (end < counts.length) bins.push({ from: end, to: counts.length, images: sum(end, counts.length) })
  return bins
}

/**
 * Images that the first rule selects, from newest to oldest, over all repositories that it concerns; null where it says
 * nothing that can be drawn.
 */
export function axisOf(rules: Rules, saved: Rules | null, images: NamespaceImages, now: Date): DecisionAxis | null {
  const template = templateOf(rules)
  const [first] = rules.rules
  const [read] = readRules(rules)
  if (!template || !first || !read || read.keeping === null || typeof read.keeping === 'string') return null
  let without = 0
  const counts: number[] = []
  for (const repository of images.repositories) {
    if (read.concerns(repository.name, 'now') !== answer.yes) continue
    const { now: taken } = atOnce(repository.select(read.keeping.selectors))
    if (taken.flaw) return null
    without += countIn(counts, repository, taken.images, template, now)
  }
  const [before] = saved?.rules ?? []
  const cut = engineAmount(first, template)
  const was = before && templateOf({ rules: [before] }) === template ? engineAmount(before, template) : null
  return {
    unit: unitOf(template),
    by: countsBy(template),
    bins: binsOf(counts, [cut, was]),
    cut,
    before: was,
    never: without,
  }
}
