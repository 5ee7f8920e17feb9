import { parseAsInteger, parseAsString } from 'nuqs/server'
import { pagingAddress, searchAddress } from '@/components/table/search-params'
import type { AutoSyncRule } from '@/lib/contract/console/auto-sync'
import { autoSyncRunPage } from '@/lib/contract/vocabulary'
import type { ApiInput } from '@/lib/query/operations'

/** Everything that makes one view of the rules; `runs` is the repository whose runs are open. */
export const autoAddress = {
  ...pagingAddress,
  ...searchAddress,
  organization: parseAsString.withDefault(''),
  runs: parseAsString,
  runsPage: parseAsInteger.withDefault(1),
}

export const rulesInput = (connection: string, organization: string): ApiInput<'autoSyncRuleList'> => ({
  params: { connection },
  query: { organization },
})

export const runsPageSize = 20

export const runsInput = (
  connection: string,
  organization: string,
  repository: string,
  page: number,
): ApiInput<'autoSyncRunList'> => ({
  params: { connection, namespace: organization, repository },
  query: { filter: autoSyncRunPage({ offset: (Math.max(page, 1) - 1) * runsPageSize, limit: runsPageSize }) },
})

/** A rule has no id: its repository and its target say which. */
export const ruleKey = ({ repository, region, organization }: AutoSyncRule) => `${repository} ${region}/${organization}`

/** Rules whose repository or target holds a text. */
export function matchingRules(rules: readonly AutoSyncRule[], text: string): AutoSyncRule[] {
  const wanted = text.trim().toLowerCase()
  return rules.filter((rule) =>
    [rule.repository, rule.region, rule.organization].some((name) => name.toLowerCase().includes(wanted)),
  )
}
