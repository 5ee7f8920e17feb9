import { type Problem, problemOf } from '@/lib/contract/problem'
import { readSyncAnswer, type SyncValues } from '@/lib/policy/sync'

export type Outcome =
  | { readonly state: 'running' }
  | { readonly state: 'answered'; readonly named: readonly string[] }
  | { readonly state: 'refused'; readonly problem: Problem }

/** A copy that was sent from this page. */
export interface Sending {
  readonly id: number
  /** When, in milliseconds. */
  readonly at: number
  readonly values: SyncValues
  readonly outcome: Outcome
}

export const refused = (error: unknown): Outcome => ({ state: 'refused', problem: problemOf(error) })

/** A refusal that concerns the form's own fields. */
export const isFault = (outcome: Outcome): boolean =>
  outcome.state === 'refused' && outcome.problem.code === 'invalid_request'

export type Verdict = 'running' | 'accepted' | 'named' | 'unnamed' | 'failed' | 'unreported'

/** One word for every tag when SWR reports on those it names; `rest` is what is said of the others. */
function reading(outcome: Outcome): { named: readonly string[]; word: Verdict; rest: Verdict } {
  if (outcome.state === 'running') return { named: [], word: 'running', rest: 'running' }
  if (outcome.state === 'refused') return { named: outcome.problem.tags ?? [], word: 'failed', rest: 'unreported' }
  const isSilent = readSyncAnswer(outcome.named) === 'accepted'
  return { named: outcome.named, word: 'named', rest: isSilent ? 'accepted' : 'unnamed' }
}

/**
 * What can be said of each tag, and no more (docs/swr-api.md section 11). Tags that SWR names although nobody asked for them come last:
 * hiding them would hide that something is odd.
 */
export function verdicts(tags: readonly string[], outcome: Outcome): { tag: string; verdict: Verdict }[] {
  const { named, word, rest } = reading(outcome)
  return [...new Set([...tags, ...named])].map((tag) => ({ tag, verdict: named.includes(tag) ? word : rest }))
}
