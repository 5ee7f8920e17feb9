import { type Finding, findingKinds } from '../../contract/console/checks'
import { checkPulls, checkRegistries } from './registry'
import { checkCircles } from './replication-loop'
import { checkRetentions } from './retention'
import { checkSchedules } from './schedule'
import { Selections } from './selection'
import { enabledOf, type Steps, type Subject } from './subject'
import { checkWrites } from './writes'

export interface Found {
  readonly findings: readonly Finding[]
  /** Further ones that are not named. */
  readonly more: number
}

/** Findings of a kind that are named: who has more than that looks at those with the most examples first. */
export const mostOfKind = 100

function sorted(all: readonly Finding[]): Found {
  const ofKind = findingKinds.map((kind) =>
    all
      .filter((each) => each.kind === kind)
      .sort((a, b) => b.count - a.count || ((a.policies[0]?.name ?? '') < (b.policies[0]?.name ?? '') ? -1 : 1)),
  )
  const findings = ofKind.flatMap((each) => each.slice(0, mostOfKind))
  return { findings, more: all.length - findings.length }
}

/**
 * Everything that is worth a look, or only what concerns one policy. Works in small steps and says after each what it has
 * found so far.
 */
export function* checks(subject: Subject, only?: number): Generator<Found, Found, void> {
  const { registries, retentions, usual, back, now } = subject
  const enabled = enabledOf(subject.policies, registries)
  const selections = new Selections(subject.repositories)
  const concerned = only === undefined ? enabled : enabled.filter(({ id }) => id === only)
  const all = [
    ...checkSchedules(concerned, usual, now),
    ...checkRegistries(concerned, registries),
    ...checkPulls(concerned, registries),
  ]
  let found = sorted(all)
  const long: Steps<Finding[]>[] = [
    checkCircles(enabled, back, selections, only),
    checkRetentions(enabled, retentions, selections, now, only),
    checkWrites(enabled, selections, only),
  ]
  for (const steps of long) {
    let step = steps.next()
    for (; !step.done; step = steps.next()) yield found
    all.push(...step.value)
    found = sorted(all)
  }
  return found
}
