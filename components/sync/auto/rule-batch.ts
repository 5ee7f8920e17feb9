import * as z from 'zod/mini'
import { isProblem, isUnclear, type Problem, problemOf } from '@/lib/contract/problem'

/*
 * New rules for many repositories at once, and what became of each. Kept in the browser until somebody dismisses it, so that it
 * has to be checked when it is read: another version of the console may have written it.
 */

/** `unclear`: it was sent, and nobody knows whether it took place. */
const states = ['waiting', 'sending', 'done', 'duplicate', 'refused', 'unclear', 'not_tried'] as const

const item = z.object({
  repository: z.string(),
  state: z.enum(states),
  problem: z.optional(z.custom<Problem>(isProblem)),
})
const batch = z.object({
  source: z.string(),
  target: z.object({ region: z.string(), organization: z.string(), overwrite: z.boolean() }),
  items: z.array(item),
})

export interface RuleTarget {
  readonly region: string
  readonly organization: string
  readonly overwrite: boolean
}

export interface RuleItem {
  readonly repository: string
  readonly state: (typeof states)[number]
  readonly problem?: Problem | undefined
}

export interface RuleBatch {
  /** Organization of the repositories. */
  readonly source: string
  readonly target: RuleTarget
  readonly items: readonly RuleItem[]
  readonly running: boolean
}

/** SWR has no code of its own for it (docs/swr-api.md section 16). */
export const isDuplicate = ({ swr }: Problem) => swr?.message?.toLowerCase().includes('duplicate sync repo') ?? false

export function itemOf(repository: string, error: unknown): RuleItem {
  const problem = problemOf(error)
  const state = isDuplicate(problem) ? 'duplicate' : isUnclear(problem) ? 'unclear' : 'refused'
  return { repository, state, problem }
}

/** Those that have the rule now. */
export const inPlace = ({ items }: RuleBatch) => items.filter(({ state }) => state === 'done' || state === 'duplicate')

/** What may be sent once more. A rule that may be there is refused as a duplicate, so that nothing happens twice. */
export const unfinished = ({ items }: RuleBatch) =>
  items.filter(({ state }) => state === 'refused' || state === 'unclear' || state === 'not_tried')

/** What was under way when its page was left: nobody sends the rest, and nobody knows of what had been sent. */
function interrupted(item: RuleItem): RuleItem {
  if (item.state === 'waiting') return { ...item, state: 'not_tried' }
  return item.state === 'sending' ? { ...item, state: 'unclear' } : item
}

export function readBatch(text: string | null): RuleBatch | null {
  if (text === null) return null
  try {
    const { items, ...rest } = batch.parse(JSON.parse(text))
    return { ...rest, items: items.map(interrupted), running: false }
  } catch {
    return null
  }
}
