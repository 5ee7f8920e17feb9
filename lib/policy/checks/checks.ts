import type { Finding } from '../../contract/console/checks'
import { findingKinds } from '../../contract/vocabulary'
import type { Steps } from '../retention/steps'
import { checkIneffective, checkIneffectiveRetentions } from './ineffective'
import { checkPulls, checkRegistries } from './registry'
import { checkCircles } from './replication-loop'
import { checkRetentions } from './retention'
import { checkRuns, checkSchedules, shortestInterval } from './schedule'
import { Selections } from './selection'
import { enabledOf, type Subject } from './subject'
import { checkWrites } from './writes'

export interface Found {
  readonly findings: readonly Finding[]
  /** Further ones that are not named. */
  readonly more: number
}

/** Findings of a kind that are named: who has more than that looks at those with the most examples first. */
export const maxFindingsPerKind = 100

/** Policies that are read in one step. */
const partLength = 50

function sorted(all: readonly Finding[]): Found {
  const byKind = new Map<Finding['kind'], Finding[]>()
  for (const each of all) {
    const same = byKind.get(each.kind)
    if (same) same.push(each)
    else byKind.set(each.kind, [each])
  }
  const findings = findingKinds.flatMap((kind) =>
    (byKind.get(kind) ?? [])
      .sort((a, b) => b.count - a.count || ((a.policies[0]?.name ?? '') < (b.policies[0]?.name ?? '') ? -1 : 1))
      .slice(0, maxFindingsPerKind),
  )
  return { findings, more: all.length - findings.length }
}

/**
 * Everything that is worth a look, or only what concerns one policy. Works in small steps and says after each what it has
 * found so far.
 */
export function* checks(subject: Subject, only?: number): Generator<Found, Found, void> {
  const { registries, retentions, usual, hanging, back, now } = subject
  const enabled = enabledOf(subject.policies, registries)
  const selections = new Selections(subject.repositories)
  const concerned = only === undefined ? enabled : enabled.filter(({ id }) => id === only)
  const intervals = new Map<string, number | null>()
  const intervalOf = (cron: string): number | null => {
    const known = intervals.get(cron)
    const interval = known === undefined ? shortestInterval(cron, now) : known
    intervals.set(cron, interval)
    return interval
  }
  const all = [
    ...(only === undefined ? checkIneffectiveRetentions(retentions) : []),
    ...checkRegistries(concerned, registries),
  ]
  let found = sorted(all)
  for (let from = 0; from < concerned.length; from += partLength) {
    const part = concerned.slice(from, from + partLength)
    all.push(...checkIneffective(part), ...checkSchedules(part, usual, intervalOf))
    all.push(...checkPulls(part, registries), ...checkRuns(part, hanging))
    yield found
  }
  found = sorted(all)
  const long: Steps<Finding[]>[] = [
    checkCircles(enabled, back, selections, only),
    checkRetentions(enabled, subject, selections, only),
    checkWrites(enabled, selections, only),
  ]
  for (const steps of long) {
    let step = steps.next()
    for (; !step.done; step = steps.next()) yield found
    for (const each of step.value) all.push(each)
    yield found
    found = sorted(all)
    yield found
  }
  return found
}
