import { useQuery } from '@tanstack/react-query'
import { useSettled } from '@/components/match/use-settled'
import type { BasicRule } from '@/lib/contract/console/basic-retention'
import { refusedExceptions } from '@/lib/policy/basic-retention/rule-form'
import { apiQuery } from '@/lib/query/client'
import { type BasicPlace, decideInput } from './queries'

const afterTypingMs = 400

/** Asked about by nobody: the question waits for a rule. */
const emptyRule: BasicRule = { template: 'tag_rule', amount: 1, exceptions: [] }

/** What a rule would delete, once it stands still; null asks about none. */
export function useRuleDecisions(place: BasicPlace, rule: BasicRule | null) {
  const settled = useSettled(rule ?? undefined, JSON.stringify(rule), afterTypingMs)
  const query = useQuery({
    ...apiQuery('basicRetentionDecide', decideInput(place, settled ?? emptyRule)),
    enabled: rule !== null && settled !== undefined,
    // Old verdicts would be taken for the present ones.
    staleTime: 0,
  })
  const isCurrent = rule !== null && JSON.stringify(rule) === JSON.stringify(settled)
  return {
    query,
    /** Of the rule as it stands now. */
    decisions: isCurrent ? query.data : undefined,
    /** Codes of exceptions that the server cannot read. */
    refused: settled ? refusedExceptions(settled, query.error?.fields) : {},
  }
}
