import type { DecisionReason } from '../../contract/console/retention-vocabulary'
import type { Retention } from '../../contract/swr/retention'
import { type RetentionTemplate, retentionTemplates } from '../../contract/vocabulary'
import { parseEnum } from '../enum'
import { engineAmount } from './amount'
import { SelectorList } from './namespace-images'
import { allTake, RepositorySelector } from './selectors'
import { type Answer, answer, type EngineVersion, mostSteps } from './versioned-pattern'

type Rule = Retention['rules'][number]

/** What a rule keeps of what it selects. */
export interface Keeping {
  readonly template: RetentionTemplate
  readonly amount: number
  readonly selectors: SelectorList
}

/** A rule that is switched on, as the engine reads it. */
export interface ReadRule {
  readonly index: number
  /** Whether it concerns a repository; `bad` fails the whole run. */
  readonly concerns: (name: string, version: EngineVersion) => Answer
  /**
   * Null for one without a tag selector, which the engine leaves out. A reason: with such a rule no task comes to an end, or
   * nobody can tell.
   */
  readonly keeping: Keeping | null | DecisionReason
  /** Whether an older engine may read one of its patterns otherwise. */
  readonly differs: boolean
}

function keepingOf(rule: Rule, effort: number): Keeping | null | DecisionReason {
  const template = parseEnum(retentionTemplates, rule.template)
  // Harbor knows more of them than SWR's pages name.
  if (template === undefined) return 'rule_unreadable'
  const amount = engineAmount(rule, template)
  const selectors = SelectorList.read(rule.tag_selectors, effort)
  if (amount === null || (rule.action ?? 'retain') !== 'retain' || !selectors) return 'run_fails'
  return selectors.list.length === 0 ? null : { template, amount, selectors }
}

function concerning({ scope_selectors: scope }: Rule, effort: number): Pick<ReadRule, 'concerns' | 'differs'> {
  const selectors = (scope?.repository ?? []).map((selector) => RepositorySelector.read(selector, effort))
  return {
    concerns: (name, version) => allTake(selectors, (each) => each?.takes(name, version) ?? answer.bad),
    differs: selectors.some((selector) => selector?.differs),
  }
}

/** For all patterns of a policy together. */
const mostStepsOfAll = 10_000_000

const countPatterns = (rules: readonly Rule[]) =>
  rules.reduce((sum, rule) => sum + rule.tag_selectors.length + (rule.scope_selectors?.repository.length ?? 0), 0)

/** The rules that are switched on: in others nothing is looked at. */
export function readRules({ rules }: Pick<Retention, 'rules'>): ReadRule[] {
  const effort = Math.min(mostSteps, mostStepsOfAll / Math.max(1, countPatterns(rules)))
  return rules.flatMap((rule, index) => {
    if (rule.disabled) return []
    const keeping = keepingOf(rule, effort)
    const { concerns, differs } = concerning(rule, effort)
    const selects = keeping !== null && typeof keeping === 'object' && keeping.selectors.differs
    return [{ index, concerns, keeping, differs: differs || selects }]
  })
}
