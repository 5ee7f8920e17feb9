import { parseAsInteger, parseAsNumberLiteral } from 'nuqs/server'
import { pageSizes, pageWindow } from '@/components/table/search-params'
import type { ApiInput } from '@/lib/query/operations'
import { latestRuns } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

/** Which page of a policy's runs is shown; the first one is what other screens ask for, too. */
export const runsAddress = {
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(10),
}

export const runsInput = (
  at: InstanceLocation,
  policy: string,
  view: { page: number; size: number },
): ApiInput<'executionList'> => latestRuns(at, policy, pageWindow(view))
